"""What a daily run with nothing new costs: by the command, with an embedded server, with a server that is up.

``python benchmarks/run_overhead.py [ROUNDS]`` serves the example site, makes a first run, then measures. CPU seconds
are those of the run and its children (an embedded server is one, a server that is up is not); wall seconds are what a
user waits, and depend on what else the machine does.
"""

from __future__ import annotations

import os
import resource
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

_ROOT = Path(__file__).resolve().parent.parent
_BIN = Path(sys.executable).parent


def main() -> None:
    """Measure and print."""
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 3
    with tempfile.TemporaryDirectory() as folder, _site() as site:
        environment = {
            **os.environ,
            **_served(site),
            "QZETL_HOME": f"{folder}/data",
            "QZETL_OUTPUT": f"{folder}/output",
        }
        command, flow = [str(_BIN / "qzetl"), "run"], [sys.executable, str(_ROOT / "flows/daily.py")]
        _timed(command, environment, folder)
        _told("qzetl run", [_timed(command, environment, folder) for _ in range(rounds)])
        _told("embedded server", [_timed(flow, environment, folder) for _ in range(rounds)])
        port = _free_port()
        environment |= {"PREFECT_API_URL": f"http://127.0.0.1:{port}/api", "PREFECT_HOME": f"{folder}/prefect"}
        Path(folder, "prefect").mkdir()
        served = [str(_BIN / "prefect"), "server", "start", "--host", "127.0.0.1", "--port", str(port)]
        with subprocess.Popen(served, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as server:
            _wait(port)
            _timed(flow, environment, folder)
            _told("server up", [_timed(flow, environment, folder) for _ in range(rounds)])
            server.terminate()


def _site() -> subprocess.Popen[str]:
    command = [sys.executable, str(_ROOT / "examples/serve.py")]
    return subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)


def _served(site: subprocess.Popen[str]) -> dict[str, str]:
    if site.stdout is None:
        raise AssertionError
    return {
        "QZETL_CONNECT_TO": site.stdout.readline().strip(),
        "QZETL_PUBLISHERS": str(_ROOT / "examples/publishers"),
        "DO_NOT_TRACK": "1",
    }


def _timed(command: Sequence[str], environment: dict[str, str], folder: str) -> tuple[float, float]:
    """Run a command; return its CPU seconds, children included, and the wall seconds."""
    before, began = resource.getrusage(resource.RUSAGE_CHILDREN), time.monotonic()
    subprocess.run(command, env=environment, cwd=folder, check=True, capture_output=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    spent = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return spent, time.monotonic() - began


def _told(what: str, rounds: Sequence[tuple[float, float]]) -> None:
    cpu, wall = (statistics.median(each) for each in zip(*rounds, strict=True))
    print(f"{what:<16} {cpu:5.1f} s CPU {wall:5.1f} s wall", flush=True)


def _free_port() -> int:
    with socket.socket() as opened:
        opened.bind(("127.0.0.1", 0))
        return int(opened.getsockname()[1])


def _wait(port: int) -> None:
    for _ in range(240):
        with socket.socket() as opened:
            if opened.connect_ex(("127.0.0.1", port)) == 0:
                time.sleep(3)
                return
        time.sleep(0.5)
    sys.exit("the Prefect server did not start")


if __name__ == "__main__":
    main()
