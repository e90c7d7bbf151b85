"""Collecting is killed at random moments and goes on: no page is lost, none is there twice, the archive is whole."""

import importlib.util
import multiprocessing
import random
import signal
import threading
import time
from http.server import ThreadingHTTPServer
from pathlib import Path

import pytest

from qzetl.collect.archive import Archive
from qzetl.collect.http import Fetcher
from qzetl.collect.publisher import INPUT, load_publishers
from qzetl.collect.stage import collect_publisher
from qzetl.collect.verify import verify_archive
from qzetl.settings import Settings

KILLS = 50
SEED = 20240229
PUBLISHERS = Path("examples/publishers")


def collect_all(root: str, publishers: str, connect_to: str) -> None:
    """Collect the example site into an archive, publisher by publisher, as the pipeline does."""
    settings = Settings.load({"QZETL_CONNECT_TO": connect_to})
    for publisher in load_publishers(Path(publishers)).values():
        if publisher.id != INPUT.id:
            with Archive(Path(root)) as archive, Fetcher(settings.connect_to) as fetcher:
                collect_publisher(publisher, archive, fetcher)


@pytest.fixture
def connect_to(root):
    """The example site with answers that take a moment, so that kills meet every stage of collecting."""
    spec = importlib.util.spec_from_file_location("serve_slowly", root / "examples/serve.py")
    serve = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(serve)

    class Slow(serve.ExampleSite):
        def do_GET(self):  # noqa: N802 - the signature is the standard library's
            time.sleep(0.004)
            super().do_GET()

    class Server(ThreadingHTTPServer):
        def handle_error(self, request, client_address):
            """Clients that are killed are what this is about."""

    server = Server(("127.0.0.1", 0), Slow)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    yield serve.connect_to(("127.0.0.1", server.server_port))
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture
def start(root, connect_to):
    """Start collecting in a process of its own, one that has everything imported already."""
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["qzetl.collect.stage", "qzetl.collect.verify", "importlib.util"])

    def run(archive: Path) -> multiprocessing.Process:
        child = context.Process(target=collect_all, args=(str(archive), str(root / PUBLISHERS), connect_to))
        child.start()
        return child

    return run


def held(archive: Archive) -> list[tuple[str, str, str]]:
    """Return (publisher, day, digest of address and body) of all that an archive has, sorted."""
    return sorted(
        (entry.uri, entry.digest, str(entry.day))
        for publisher, day in archive.partitions()
        for entry in archive.entries(publisher, day)
    )


@pytest.mark.slow
def test_killed_fifty_times_and_resumed(tmp_path, start):
    chance = random.Random(SEED)  # noqa: S311 - moments, no secrets
    start(tmp_path / "warm").join(60)  # the server of processes imports everything
    before = time.monotonic()
    whole = start(tmp_path / "whole")
    whole.join(60)
    whole_run = time.monotonic() - before
    assert whole.exitcode == 0
    with Archive(tmp_path / "whole") as archive:
        expected = held(archive)
    assert len(expected) == 19
    kills = number = 0

    while kills < KILLS:
        root = tmp_path / f"archive-{number}"
        number += 1
        while True:
            child = start(root)
            child.join(chance.uniform(0, 0.9 * whole_run))
            child.kill()  # unlike os.kill, it lets one go that has just ended by itself
            child.join()
            kills += child.exitcode == -signal.SIGKILL
            with Archive(root) as archive:
                found = verify_archive(archive)
                assert found.faults == (), f"after kill {kills}"
                assert set(held(archive)) <= set(expected)
                done = held(archive) == expected
            if child.exitcode == 0:
                break
        assert done
