"""The systemd units and the container file: what they call is there, and takes the options that they give."""

import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

BIN = Path(sys.executable).parent


def calls(root: Path) -> list[list[str]]:
    """Return the commands of units and container file, without the folder of their programs."""
    examples = root / "examples"
    units = "\n".join(path.read_text("utf-8") for path in sorted(examples.glob("systemd/*.service")))
    container = (examples / "container/Containerfile").read_text("utf-8")
    shown = re.findall(r"^#   podman run .* qzetl ((?:qzetl|prefect) .+)$", container, re.MULTILINE)
    found = [shlex.split(each) for each in [*re.findall(r"^ExecStart=(.+)$", units, re.MULTILINE), *shown]]
    return [[Path(program).name, *rest] for program, *rest in found]


@pytest.mark.slow
def test_every_command_is_known_with_its_options(root: Path) -> None:
    found = calls(root)

    assert {call[0] for call in found} == {"qzetl", "prefect"}
    assert len(found) >= 6
    for program, *rest in found:
        words = [word for word in rest if not word.startswith("-")]
        named = [program, *words[: 1 if program == "qzetl" else 2]]
        told = subprocess.run([BIN / named[0], *named[1:], "--help"], capture_output=True, text=True, check=True).stdout
        missing = [option for option in rest if option.startswith("--") and option not in told]
        assert missing == [], " ".join(named)


def test_the_image_makes_its_own_environment(root: Path) -> None:
    """A .venv that is copied would pass for made, and belongs to another folder."""
    left_out = (root / ".dockerignore").read_text("utf-8").splitlines()

    assert {".venv", "data", "output/*"} <= set(left_out)
