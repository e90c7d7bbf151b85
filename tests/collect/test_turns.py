"""Taking turns at a host: delays hold between requests and between processes."""

import os
import subprocess
import sys
import threading
import time

import pytest

from qzetl.collect.turns import Turns
from qzetl.errors import ArchiveError

DELAY = 0.3


@pytest.mark.parametrize("kept", [False, True], ids=["in memory", "in a folder"])
def test_delay_is_kept_for_each_host_by_itself(tmp_path, kept):
    turns = Turns(tmp_path / "turns" if kept else None)
    began = time.monotonic()
    for host in ("a.example", "b.example"):
        with turns.take(host, DELAY):
            pass
    first = time.monotonic() - began
    with turns.take("a.example", DELAY):
        again = time.monotonic() - began

    assert first < DELAY
    assert again >= DELAY


def test_another_run_waits_too(tmp_path):
    program = f"""
from pathlib import Path
from qzetl.collect.turns import Turns
with Turns(Path({str(tmp_path)!r})).take("a.example", 0): pass
"""
    subprocess.run([sys.executable, "-c", program], check=True)
    began = time.monotonic()
    ended = (tmp_path / "a.example.turn").stat().st_mtime

    with Turns(tmp_path).take("a.example", 2.0):
        waited = time.monotonic() - began

    assert waited >= 2.0 - (time.time() - ended) - 0.1
    assert time.time() - ended >= 2.0 - 0.05


def test_host_is_asked_by_one_at_a_time(tmp_path):
    inside, most = [], []

    def ask():
        with Turns(tmp_path).take("a.example", 0):
            inside.append(1)
            most.append(len(inside))
            time.sleep(0.02)
            inside.pop()

    threads = [threading.Thread(target=ask) for _ in range(5)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert most == [1] * 5


def test_clock_that_was_set_back_makes_nobody_wait_longer(tmp_path):
    turns = Turns(tmp_path)
    with turns.take("a.example", 0):
        pass
    os.utime(tmp_path / "a.example.turn", (time.time() + 86_400,) * 2)
    began = time.monotonic()

    with turns.take("a.example", DELAY):
        assert time.monotonic() - began < DELAY + 2


def test_folder_that_cannot_be_made_is_named(tmp_path):
    (tmp_path / "file").write_text("x")

    with pytest.raises(ArchiveError, match="QZETL_HOME"):
        Turns(tmp_path / "file" / "turns")
