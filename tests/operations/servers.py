"""Servers that the tests of operations start and end: the example site, Prefect, PostgreSQL, Dask, an object store."""

import json
import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import httpx

BIN = Path(sys.executable).parent
PATIENCE = 90  # seconds for an answer; the server itself waits up to 60 for a busy SQLite, and says 503 then
ENDED = {"COMPLETED", "FAILED", "CRASHED", "CANCELLED"}


def free_port() -> int:
    with socket.socket() as opened:
        opened.bind(("127.0.0.1", 0))
        return opened.getsockname()[1]


def wait_for(what: Callable[[], object], seconds: float, told: str) -> object:
    """Return what `what` returns as soon as it is true."""
    until = time.monotonic() + seconds
    while not (found := what()):
        assert time.monotonic() < until, f"{told}: not within {seconds:.0f} s"
        time.sleep(0.5)
    return found


@contextmanager
def process(command: list[str | Path], log: Path, **options: object) -> Iterator[subprocess.Popen[bytes]]:
    """Run a command in a group of its own, which is ended with all its children."""
    with log.open("ab") as opened:
        running = subprocess.Popen(command, stdout=opened, stderr=opened, start_new_session=True, **options)
    try:
        yield running
    finally:
        kill(running)


def kill(running: subprocess.Popen[bytes]) -> None:
    """End a process and its children at once, as the loss of a machine would."""
    with suppress(ProcessLookupError):
        os.killpg(running.pid, signal.SIGKILL)
    running.wait()


@contextmanager
def example_site(root: Path, site: Path | None = None) -> Iterator[dict[str, str]]:
    """Serve the example site; the variables that lead there."""
    environment = os.environ | ({"EXAMPLE_SITE": str(site)} if site else {})
    command = [sys.executable, str(root / "examples/serve.py")]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=environment) as server:
        yield {
            "QZETL_CONNECT_TO": server.stdout.readline().strip(),
            "QZETL_PUBLISHERS": str(root / "examples/publishers"),
        }
        server.stdin.close()


def write_site(root: Path, folder: Path, days: int, articles: int = 2) -> Path:
    """Write the example site with so many issues of its newspaper, up to 2024-03-01, of so many articles."""
    command = [sys.executable, root / "examples/issues.py", folder, str(days), "2024-03-01", str(articles)]
    subprocess.run(command, check=True)
    return folder


class Prefect:
    """A server with the project's deployments; workers are started by the tests."""

    def __init__(self, root: Path, folder: Path, environment: dict[str, str]) -> None:
        self.root, self.folder = root, folder
        self.api = f"http://127.0.0.1:{free_port()}/api"
        self.environment = environment | {
            "PWD": str(root),
            "PREFECT_HOME": str(folder / "prefect"),
            "PREFECT_API_URL": self.api,
            "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
            "DO_NOT_TRACK": "1",
            "PREFECT_WORKER_QUERY_SECONDS": "1",
            "PREFECT_SERVER_SERVICES_SCHEDULER_LOOP_SECONDS": "2",
            "PREFECT_SERVER_SERVICES_LATE_RUNS_LOOP_SECONDS": "2",
            # A run that died gives its place to the next after this time; 300 s where it is not set.
            "PREFECT_SERVER_CONCURRENCY_INITIAL_DEPLOYMENT_LEASE_DURATION": "30",
            "PREFECT_SERVER_CONCURRENCY_MAXIMUM_CONCURRENCY_SLOT_WAIT_SECONDS": "2",
        }

    @contextmanager
    def running(self) -> Iterator["Prefect"]:
        (self.folder / "prefect").mkdir(parents=True, exist_ok=True)
        port = self.api.rpartition(":")[2].removesuffix("/api")
        command = [BIN / "prefect", "server", "start", "--host", "127.0.0.1", "--port", port]
        with process(command, self.folder / "server.log", env=self.environment, cwd=self.folder):
            wait_for(self._healthy, 120, "the Prefect server")
            self.call("work-pool", "create", "local", "--type", "process")
            self.call("--no-prompt", "deploy", "--all")
            yield self

    def call(self, *arguments: str, code: int = 0) -> str:
        command = [BIN / "prefect", *arguments]
        done = subprocess.run(
            command, env=self.environment, cwd=self.root, capture_output=True, text=True, timeout=180, check=False
        )
        assert done.returncode == code, done.stdout + done.stderr
        return " ".join((done.stdout + done.stderr).split())

    @contextmanager
    def worker(self, name: str = "worker") -> Iterator[subprocess.Popen[bytes]]:
        command = [BIN / "prefect", "worker", "start", "--pool", "local", "--name", name]
        with process(command, self.folder / f"{name}.log", env=self.environment, cwd=self.root) as running:
            yield running

    def start(self, deployment: str, **parameters: object) -> str:
        """Start a run through the API, as any client would; its id."""
        found = self.get(f"deployments/name/{deployment}")
        return self.post(f"deployments/{found['id']}/create_flow_run", parameters=parameters)["id"]

    def finished(self, run: str, seconds: float = 180) -> dict[str, object]:
        """Wait for a run's end; its state."""
        return wait_for(lambda: self._ended(run), seconds, f"run {run}")

    def state(self, run: str) -> dict[str, object]:
        return self.get(f"flow_runs/{run}")["state"] or {}

    def runs(self, **filters: object) -> list[dict[str, object]]:
        return self.post("flow_runs/filter", **filters)

    def artifacts(self) -> list[dict[str, object]]:
        return self.post("artifacts/filter")

    def get(self, path: str) -> dict[str, object]:
        return self._answer(lambda: httpx.get(f"{self.api}/{path}", timeout=PATIENCE))

    def post(self, path: str, **body: object):
        return self._answer(lambda: httpx.post(f"{self.api}/{path}", content=json.dumps(body), timeout=PATIENCE))

    @staticmethod
    def _answer(ask: Callable[[], httpx.Response]):
        """Ask; a server on SQLite says 503 where the database is busy, and is asked again."""
        for _ in range(20):
            answer = ask()
            if answer.status_code != httpx.codes.SERVICE_UNAVAILABLE:
                break
            time.sleep(1)
        assert answer.is_success, answer.text
        return answer.json()

    def _ended(self, run: str) -> dict[str, object] | None:
        state = self.state(run)
        return state if state.get("type") in ENDED else None

    def _healthy(self) -> bool:
        try:
            return httpx.get(f"{self.api}/health", timeout=5).is_success
        except httpx.TransportError:
            return False


@contextmanager
def postgresql(log: Path) -> Iterator[str]:
    """Start a PostgreSQL of its own, as the user postgres where we are root, which it refuses; Prefect's URL for it.

    Its data lie outside pytest's folders, which every run of pytest closes to other users again.
    """
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    assert found, "PostgreSQL is not installed; on Debian: apt-get install postgresql"
    programs, port = found[-1].parent, free_port()
    as_user = ["runuser", "-u", "postgres", "--"] if os.getuid() == 0 else []
    with tempfile.TemporaryDirectory(prefix="qzetl-postgresql-") as made_in:
        folder = Path(made_in)
        if as_user:
            subprocess.run(["chown", "postgres", folder], check=True)
        data = folder / "data"
        made = [*as_user, programs / "initdb", "-D", data, "-U", "prefect", "--auth", "trust", "-E", "UTF8"]
        subprocess.run(made, check=True, capture_output=True, cwd=folder)
        served = [*as_user, programs / "postgres", "-D", data, "-h", "127.0.0.1", "-p", str(port), "-k", folder]
        with process(served, log, cwd=folder):
            ready = [programs / "pg_isready", "-h", "127.0.0.1", "-p", str(port)]
            wait_for(lambda: subprocess.run(ready, capture_output=True, check=False).returncode == 0, 60, "PostgreSQL")
            yield f"postgresql+asyncpg://prefect@127.0.0.1:{port}/postgres"
