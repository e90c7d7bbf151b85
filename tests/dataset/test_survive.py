"""Releases under fire: builders that are killed, and several at once."""

import contextlib
import signal
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from qzetl.dataset.release import build_release, latest_release, list_releases
from qzetl.dataset.rows import Reading
from qzetl.dataset.store import Store
from qzetl.dataset.verify import verify_release

Make = Callable[..., Reading]
Fill = Callable[[Store, Sequence[Reading]], None]
Contents = Callable[[Path], dict[str, bytes]]

BUILDER = """
import sys
from pathlib import Path
from qzetl.dataset.contract import Contract
from qzetl.dataset.release import build_release
from qzetl.dataset.store import Store

store = Store(Path(sys.argv[1]), Contract.load())
print("ready", flush=True)
build_release(store, Path(sys.argv[2]), "abc")
"""


@pytest.mark.slow
def test_whenever_a_run_is_killed_latest_names_a_whole_release(
    filled: Store, output: Path, fill: Fill, gdp: Make, contents: Contents
) -> None:
    first = build_release(filled, output, "abc").release
    fill(filled, [gdp(6.9, "gov", "2024-01-23")])
    for number in range(8):
        # Act: kill it at a later moment each time
        builder = subprocess.Popen(
            [sys.executable, "-c", BUILDER, str(filled.root), str(output)], stdout=subprocess.PIPE, text=True
        )
        assert builder.stdout is not None
        with builder.stdout as ready:
            assert ready.readline() == "ready\n"
        with contextlib.suppress(subprocess.TimeoutExpired):
            builder.wait(0.05 * number)
        builder.kill()
        assert builder.wait() in {0, -signal.SIGKILL}

        # Assert
        latest = latest_release(output)
        assert latest is not None
        assert latest.version in {first.version, "2024.03.01.1"}
        assert verify_release(latest.path) == []

    build_release(filled, output, "abc")
    undisturbed = build_release(filled, output.parent / "undisturbed", "abc").release
    assert contents(output / "latest") == contents(undisturbed.path)


@pytest.mark.slow
def test_builders_at_once_make_one_release(filled: Store, output: Path) -> None:
    command = [sys.executable, "-c", BUILDER, str(filled.root), str(output)]
    builders = [subprocess.Popen(command, stdout=subprocess.DEVNULL) for _ in range(3)]
    assert [builder.wait(60) for builder in builders] == [0, 0, 0]
    (release,) = list_releases(output)
    assert verify_release(release.path) == []
