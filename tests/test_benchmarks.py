"""The benchmarks run, on little, with or without what is no dependency."""

import shutil
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
    assert "qzetl interpreted, article by article" in done.stdout
    assert "characters/s" in done.stdout
    assert ("pip install jionlp" in done.stdout) != ("times as fast as JioNLP" in done.stdout)


@pytest.mark.e2e
def test_an_interpreter_without_the_other_contestant_is_named(measure) -> None:
    done = measure("--jionlp", "no-such-python")

    assert done.returncode == 1
    assert done.stdout.startswith("no-such-python cannot import jionlp; ")


@pytest.mark.e2e
def test_filtering_of_warc_files_is_measured(root) -> None:
    command = [sys.executable, root / "benchmarks/warc_filter.py", "--records", "400"]

    done = subprocess.run(command, capture_output=True, encoding="utf-8", check=False, timeout=120)

    assert done.returncode == 0, done.stderr
    table = [line.strip("| ").split(" | ") for line in done.stdout.splitlines() if line.startswith("| ")]
    rows = {row[0]: row[3] for row in table}
    assert int(rows["site"]) == int(rows["language and words"]) > 0
    assert int(rows["language"]) > int(rows["site"])


@pytest.mark.e2e
def test_second_run_against_nginx_fetches_no_body(root) -> None:
    if shutil.which("nginx") is None:
        pytest.skip("nginx is not installed (apt-get install nginx-light)")
    command = [sys.executable, root / "benchmarks/collect_speed.py", "--pages", "200"]

    done = subprocess.run(command, capture_output=True, encoding="utf-8", check=False, timeout=120)

    assert done.returncode == 0, done.stderr
    assert "| first | 1 listed, 200 new | 201 |" in done.stdout
    assert "| second | 1 listed, 200 unchanged | 0 |" in done.stdout
