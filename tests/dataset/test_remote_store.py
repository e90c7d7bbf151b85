"""A store on an object store: what it remembers of releases is there too."""

import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import httpx
import polars as pl
import pytest

from qzetl.dataset.contract import Contract
from qzetl.dataset.release import build_release
from qzetl.dataset.rows import Reading
from qzetl.dataset.snapshots import read_snapshot
from qzetl.dataset.store import Store

# In a process of its own: the Delta library keeps Python's lock while it waits for an answer.
SERVER = """
import sys
from moto.server import ThreadedMotoServer

server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
server.start()
print(server.get_host_and_port()[1], flush=True)
sys.stdin.read()
"""


@pytest.fixture
def remote(monkeypatch: pytest.MonkeyPatch, contract: Contract) -> Iterator[Store]:
    server = subprocess.Popen([sys.executable, "-c", SERVER], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    assert server.stdout is not None
    endpoint = f"http://127.0.0.1:{server.stdout.readline().strip()}"
    for name, value in {
        "AWS_ENDPOINT_URL": endpoint,
        "AWS_REGION": "us-east-1",
        "AWS_ACCESS_KEY_ID": "a",
        "AWS_SECRET_ACCESS_KEY": "b",
        "AWS_ALLOW_HTTP": "true",
    }.items():
        monkeypatch.setenv(name, value)
    scope = "Credential=a/20240101/us-east-1/s3/aws4_request, SignedHeaders=host, Signature=0"
    assert httpx.put(f"{endpoint}/bucket", headers={"Authorization": f"AWS4-HMAC-SHA256 {scope}"}).is_success
    yield Store("s3://bucket/store", contract)
    server.communicate("")


@pytest.mark.slow
def test_releases_of_a_remote_store_tell_their_changes(
    remote: Store,
    output: Path,
    fill: Callable[[Store, Sequence[Reading]], None],
    gdp: Callable[..., Reading],
    contents: Callable[[Path], dict[str, bytes]],
) -> None:
    versions = []
    for value in (6.8, 6.9, 7.0):
        fill(remote, [gdp(value, "gov", "2024-01-20", text=f"2023年全市生产总值增长{value}%。")])
        versions.append(build_release(remote, output, "abc").release.version)

    changes = pl.read_parquet(output / "latest/changes.parquet")
    assert changes.filter(table="series", field="value").select("old", "new").rows() == [("6.9", "7.0")]
    assert [read_snapshot(remote, version) is not None for version in versions] == [False, True, True]
    elsewhere = build_release(remote, output.parent / "elsewhere", "abc").release
    assert contents(elsewhere.path) == contents(output / "latest")
