"""A Dask cluster of two workers, the store on S3, one worker killed: the release is the local one byte by byte."""

import json
import subprocess
import sys
from pathlib import Path

import httpx
import pytest
from servers import BIN, Prefect, example_site, free_port, kill, process, wait_for, write_site

pytestmark = [pytest.mark.ops, pytest.mark.e2e, pytest.mark.slow]

DAYS = 20
PLAN = {"reason": "cluster", "since": "2024-02-11", "until": "2024-03-01", "publishers": ["example-daily"]}
RUN = """
import json, sys
from datetime import date
from backfill import backfill

asked = json.loads(sys.argv[1])
asked |= {key: date.fromisoformat(asked[key]) for key in ("since", "until")}
state = backfill(**asked, return_state=True)
print(f"{state.type.value}|{state.message}")
"""


@pytest.fixture(scope="module")
def s3(tmp_path_factory):
    """An S3-compatible server; the variables that lead there."""
    port, log = free_port(), tmp_path_factory.mktemp("s3") / "s3.log"
    variables = {
        "AWS_ACCESS_KEY_ID": "example",
        "AWS_SECRET_ACCESS_KEY": "example",
        "AWS_REGION": "us-east-1",
        "AWS_ENDPOINT_URL": f"http://127.0.0.1:{port}",
        "AWS_ALLOW_HTTP": "true",
    }
    with process([BIN / "moto_server", "-H", "127.0.0.1", "-p", str(port)], log):
        wait_for(lambda: _answers(variables["AWS_ENDPOINT_URL"]), 60, "the object store")
        assert httpx.put(f"{variables['AWS_ENDPOINT_URL']}/qzetl").is_success
        yield variables


def _answers(url: str) -> bool:
    try:
        return httpx.get(url).status_code < 500
    except httpx.TransportError:
        return False


def test_a_worker_is_killed_and_the_release_is_the_local_one(root: Path, s3, tmp_path_factory, command_in) -> None:
    folder = tmp_path_factory.mktemp("cluster")
    local = command_in(folder)
    with example_site(root, write_site(root, folder / "site", DAYS)) as site:
        days = ["--since", PLAN["since"], "--until", PLAN["until"], "--publisher", "example-daily"]
        planned = local("backfill", "plan", "--reason", "local", *days, "--output", folder / "plan.toml", **site)
        assert planned.returncode == 0, planned.stderr
        done = local("backfill", "run", folder / "plan.toml", **site)
        assert done.returncode == 0, done.stderr

    port = free_port()
    address = f"tcp://127.0.0.1:{port}"
    cluster = local.environment | site | s3 | {
        "QZETL_CONNECT_TO": "epaper.example=127.0.0.1:9",
        "QZETL_STORE_URL": "s3://qzetl/store",
        "QZETL_OUTPUT": str(folder / "elsewhere"),
        "QZETL_DASK": address,
    }  # fmt: skip
    worker = [BIN / "dask", "worker", address, "--nthreads", "1", "--no-nanny", "--no-dashboard"]
    with (
        process([BIN / "dask", "scheduler", "--host", "127.0.0.1", "--port", str(port), "--no-dashboard"],
                folder / "scheduler.log", env=cluster),
        Prefect(root, folder, cluster).running() as prefect,
        process(worker, folder / "first.log", env=prefect.environment, cwd=folder) as first,
        process(worker, folder / "second.log", env=prefect.environment, cwd=folder),
    ):  # fmt: skip
        asked = json.dumps(PLAN | {"parallel": 4, "source": "archive"})
        command = [sys.executable, "-c", RUN, asked]
        flow = prefect.environment | {"PYTHONPATH": str(root / "flows")}  # it sends its code to the others
        with process(command, folder / "flow.log", env=flow, cwd=root) as running:
            wait_for(lambda: _staged(s3) >= 4, 120, "staged partitions")
            kill(first)
            assert running.wait(240) == 0, (folder / "flow.log").read_text("utf-8")[-3000:]

    assert "COMPLETED|Published release " in (folder / "flow.log").read_text("utf-8")
    here, there = ((folder / output / "latest").resolve() for output in ("output", "elsewhere"))
    differences = subprocess.run(["diff", "-r", here, there], capture_output=True, text=True, check=False)
    assert (differences.stdout, here.name) == ("", there.name)


def _staged(s3: dict[str, str]) -> int:
    """Return how many commits the staged ledger has."""
    listed = httpx.get(f"{s3['AWS_ENDPOINT_URL']}/qzetl?list-type=2&prefix=store/backfills/").text
    return sum("/partitions/_delta_log/" in part and ".json" in part for part in listed.split("<Key>"))
