"""The benchmark of extraction runs on any text, with or without the contestant that is no dependency."""

import subprocess
import sys

import pytest


@pytest.fixture
def measure(root, tmp_path):
    text = tmp_path / "report.txt"
    text.write_text("2023年,衢州地区生产总值同比增长6.8%,高于全省6%的增速。\n", "utf-8")

    def call(*options: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, root / "benchmarks/extract_speed.py", text, "--characters", "500", "--rounds", "1"]
        return subprocess.run([*command, *options], capture_output=True, encoding="utf-8", check=False, timeout=120)

    return call


@pytest.mark.e2e
def test_it_tells_speed_findings_and_memory_and_how_to_get_the_other_contestant(measure) -> None:
    done = measure()

    assert (done.returncode, done.stderr) == (0, "")
    assert "qzetl, article by article" in done.stdout
    assert "characters/s" in done.stdout
    assert ("pip install jionlp" in done.stdout) != ("times as fast as JioNLP" in done.stdout)


@pytest.mark.e2e
def test_an_interpreter_without_the_other_contestant_is_named(measure) -> None:
    done = measure("--jionlp", "no-such-python")

    assert done.returncode == 1
    assert done.stdout.startswith("no-such-python cannot import jionlp; ")
