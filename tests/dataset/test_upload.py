"""Publishing to an object store: a real S3 server's answers, cut-off uploads, and two who publish at once."""

import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import httpx
import obstore
import pytest
from moto.server import ThreadedMotoServer

import qzetl
from qzetl.dataset.places import object_store
from qzetl.dataset.release import build_release
from qzetl.dataset.upload import upload_release
from qzetl.errors import ReleaseError, UsageError

pytestmark = pytest.mark.filterwarnings("default")  # the S3 server's own libraries warn


@pytest.fixture(scope="module")
def endpoint() -> Iterator[str]:
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    yield f"http://{host}:{port}"
    server.stop()


@pytest.fixture
def options(endpoint: str) -> dict[str, str]:
    return {
        "aws_endpoint": endpoint,
        "aws_region": "us-east-1",
        "aws_access_key_id": "a",
        "aws_secret_access_key": "b",
        "aws_allow_http": "true",
    }


@pytest.fixture
def target(endpoint: str, request) -> str:
    """A bucket of the test's own."""
    name = f"b{abs(hash(request.node.nodeid))}"
    scope = "Credential=a/20240101/us-east-1/s3/aws4_request, SignedHeaders=host, Signature=0"
    answer = httpx.put(f"{endpoint}/{name}", headers={"Authorization": f"AWS4-HMAC-SHA256 {scope}"})
    assert answer.is_success
    return f"s3://{name}/some/where"


@pytest.fixture
def bucket(target: str, options):
    return object_store(target, options)


@pytest.fixture
def releases(store, fill, gdp, output) -> list[Path]:
    """Two releases, the later one with one article more."""
    fill(store, [gdp(6.8, "gov", "2024-01-20")])
    first = build_release(store, output).release.path
    fill(store, [gdp(6.7, "daily", "2024-01-21")])
    return [first, build_release(store, output).release.path]


@pytest.fixture
def names(bucket) -> Callable[[], dict[str, str]]:
    """What the bucket holds: ETags by path."""
    return lambda: {each["path"]: each["e_tag"] for each in obstore.list(bucket).collect()}


def test_a_release_is_there_whole_and_pointed_to(releases, target, bucket, options, names) -> None:
    done = upload_release(releases[0], target, store=bucket)

    files = [path for path in releases[0].rglob("*") if path.is_file()]
    assert (done.put, done.found, done.pointed) == (len(files), 0, True)
    assert len(names()) == len(files) + 2
    opened = qzetl.open(target, storage_options=options, verify=True)
    assert opened.version == done.version
    assert opened.series(indicator="GDP").collect()["value"].to_list() == [6.8]


def test_publishing_again_puts_nothing(releases, target, bucket, names) -> None:
    upload_release(releases[0], target, store=bucket)
    before = names()

    done = upload_release(releases[0], target, store=bucket)

    assert (done.put, done.pointed) == (0, False)
    assert names() == before


def test_a_later_release_leaves_the_earlier_one(releases, target, bucket, options) -> None:
    for release in releases:
        upload_release(release, target, store=bucket)

    assert qzetl.open(target, storage_options=options).version == releases[1].name
    assert qzetl.open(f"{target}/releases/{releases[0].name}", storage_options=options, verify=True)


def test_an_upload_that_was_cut_off_goes_on(releases, target, bucket, names) -> None:
    class CutError(Exception):
        pass

    def cut(_path: str, done: int, _all: int) -> None:
        if done == 10:
            raise CutError

    with pytest.raises(CutError):
        upload_release(releases[0], target, store=bucket, step=cut)
    assert "latest.json" not in names()
    root = f"releases/{releases[0].name}"
    obstore.put(bucket, f"{root}/series.csv", b"half of a fi")

    done = upload_release(releases[0], target, store=bucket)

    assert done.found >= 9
    assert done.put >= 1
    assert bytes(obstore.get(bucket, f"{root}/series.csv").bytes()) == (releases[0] / "series.csv").read_bytes()


def test_of_two_who_publish_at_once_the_second_to_point_loses(releases, target, bucket, options) -> None:
    started = threading.Barrier(2)
    met = []

    def publish(release: Path) -> None:
        waited = []

        def step(_path: str, _done: int, _all: int) -> None:
            if not waited:
                waited.append(started.wait(20))  # both have read the pointer by now, neither has swapped it

        try:
            met.append(upload_release(release, target, store=bucket, step=step))
        except ReleaseError as error:
            met.append(error)

    threads = [threading.Thread(target=publish, args=(release,)) for release in releases]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    (lost,) = [each for each in met if isinstance(each, ReleaseError)]
    (won,) = [each for each in met if not isinstance(each, ReleaseError)]
    assert "somebody else published" in str(lost)
    assert qzetl.open(target, storage_options=options, verify=True).version == won.version
    for release in releases:
        qzetl.open(f"{target}/releases/{release.name}", storage_options=options, verify=True)


def test_another_release_of_the_same_version_is_refused(releases, target, bucket, names) -> None:
    upload_release(releases[0], target, store=bucket)
    obstore.put(bucket, f"releases/{releases[0].name}/SHA256SUMS", b"other")
    before = names()

    with pytest.raises(ReleaseError, match="another release bears this version"):
        upload_release(releases[0], target, store=bucket)

    assert names() == before


def test_the_pointer_goes_back_only_when_told(releases, target, bucket, options) -> None:
    upload_release(releases[1], target, store=bucket)

    with pytest.raises(ReleaseError, match="--back"):
        upload_release(releases[0], target, store=bucket)
    upload_release(releases[0], target, store=bucket, back=True)

    assert qzetl.open(target, storage_options=options).version == releases[0].name


def test_a_large_file_goes_up_in_parts(releases, target, bucket, monkeypatch) -> None:
    monkeypatch.setattr("qzetl.dataset.upload._PART", 6 * 1024 * 1024)
    large = releases[1] / "large.bin"
    large.write_bytes(b"0123456789abcdef" * 900_000)
    sums = releases[1] / "SHA256SUMS"
    from qzetl.dataset.files import file_digest

    sums.write_text(sums.read_text("utf-8") + f"{file_digest(large)}  large.bin\n", "utf-8")

    upload_release(releases[1], target, store=bucket)
    again = upload_release(releases[1], target, store=bucket)

    assert again.put == 0
    assert obstore.head(bucket, f"releases/{releases[1].name}/large.bin")["e_tag"].endswith('-3"')


def test_a_damaged_release_is_not_uploaded(releases, target, bucket, names) -> None:
    (releases[0] / "series.csv").write_text("x")

    with pytest.raises(ReleaseError, match="damaged"):
        upload_release(releases[0], target, store=bucket)

    assert names() == {}


def test_a_target_that_is_no_object_store(releases) -> None:
    with pytest.raises(UsageError, match="write s3://bucket/prefix"):
        upload_release(releases[0], "somewhere")


@pytest.mark.e2e
@pytest.mark.slow
def test_the_command_publishes(releases, output, target, options, qzetl) -> None:
    environment = {name.upper(): value for name, value in options.items()} | {"QZETL_OUTPUT": str(output)}

    done = qzetl("publish", "--to", target, **environment)
    again = qzetl("publish", releases[1].name, "--to", target, "--json", **environment)

    assert done.returncode == 0, done.stderr
    assert f"Published release {releases[1].name} to {target}/releases/{releases[1].name}" in done.stdout
    assert '"put": 0' in again.stdout
