"""`qzetl collect`, `qzetl archive`, `qzetl publishers` as a user calls them, on a site of one page and on own files."""

import hashlib
import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

ARTICLE = (
    "<html><head><meta charset='utf-8'><title>一季度经济</title></head><body><h1>一季度全市经济运行情况</h1>"
    "<div class='content'><p>2024年4月18日 一季度,全市生产总值508.7亿元,同比增长6.9%。规模以上工业增加值增长8.1%。</p>"
    "<p>社会消费品零售总额增长7.2%,居民人均可支配收入增长5.6%,其中农村居民增长6.3%,城镇居民增长5.1%。</p>"
    "</div></body></html>"
)
PAGES = {
    "/list.html": '<li><a class="t" href="/a.html">甲</a> 2024-04-18</li><li><a class="t" href="/gone.html">x</a></li>',
    "/a.html": ARTICLE,
    "/robots.txt": "User-agent: *\nDisallow:\n",
}
FILE = """id = "my-city"
name = "我市"
kind = "statistics"
home = "http://my.example/"
verified = "never"
delay = 0

[[listing]]
kind = "page"
url = "http://my.example/list.html"
select = "a.t"
"""


@pytest.fixture
def qzetl(qzetl, tmp_path):
    """The command, with one publisher whose site is served on loopback."""

    class Answering(BaseHTTPRequestHandler):
        wbufsize = 1 << 16

        def do_GET(self):
            found = PAGES.get(self.path)
            self.send_response(404 if found is None else 200)
            self.end_headers()
            self.wfile.write((found or "").encode())

        def log_message(self, format, *args):  # noqa: A002
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Answering)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    (tmp_path / "publishers").mkdir()
    (tmp_path / "publishers" / "my-city.toml").write_text(FILE, "utf-8")
    qzetl.environment |= {
        "QZETL_PUBLISHERS": str(tmp_path / "publishers"),
        "QZETL_CONNECT_TO": f"my.example=127.0.0.1:{server.server_port}",
    }
    yield qzetl
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.mark.slow
def test_collect_tells_counts_and_logs_every_fate(qzetl):
    done = qzetl("collect")

    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines()[0] == "my-city  1 http-404, 1 listed, 1 new"
    assert "note      http-404: http://my.example/gone.html" in done.stdout
    lines = [json.loads(line) for line in done.stderr.splitlines()]
    assert [line["outcome"] for line in lines] == ["new", "http-404", "listed"]
    assert lines[0].items() >= {"publisher": "my-city", "day": "2024-04-18", "level": "info"}.items()
    assert lines[1]["level"] == "warning"


@pytest.mark.slow
def test_collect_as_json_and_a_list_that_fails_is_exit_code_1(qzetl, tmp_path):
    file = tmp_path / "publishers" / "my-city.toml"
    file.write_text(FILE.replace("list.html", "moved.html"), "utf-8")

    done = qzetl("collect", "--json")

    told = json.loads(done.stdout)
    assert (done.returncode, told["ok"]) == (1, False)
    assert told["collected"] == {"my-city": {"http-404": 1}}
    assert told["problems"][0]["where"] == "http://my.example/moved.html"


@pytest.mark.slow
def test_archive_is_searched_verified_and_reindexed(qzetl, tmp_path):
    (tmp_path / "a.txt").write_text("text", "utf-8")
    qzetl("collect", "--input", "a.txt")

    found = qzetl("archive", "find", hashlib.sha256(b"text").hexdigest())
    unknown = qzetl("archive", "find", "http://nowhere.example/")
    whole = qzetl("archive", "verify")
    file = next((tmp_path / "data" / "archive" / "warc").rglob("*.warc.gz"))
    file.write_bytes(file.read_bytes() + b"tail")
    broken = qzetl("archive", "verify", "--json")
    reindexed = qzetl("archive", "reindex")

    place, *_, uri = found.stdout.split()
    assert (found.returncode, unknown.returncode, uri) == (0, 1, "file:a.txt")
    assert place.startswith(f"{file}:"), "the file and the offset in it"
    assert (whole.returncode, whole.stdout[:6]) == (0, "whole:")
    assert (broken.returncode, json.loads(broken.stdout)["faults"][0]["name"]) == (1, "cut-off")
    assert reindexed.stdout == "1 captures in the index\n"


@pytest.mark.slow
def test_publishers_are_listed_checked_and_marked(qzetl, tmp_path):
    listed = qzetl("publishers")
    checked = qzetl("publishers", "check", "my-city", "--mark")
    again = qzetl("publishers", "check", "--json")

    assert listed.stdout.split()[:4] == ["my-city", "statistics", "never", "page"]
    assert checked.returncode == 0, checked.stdout
    for said in ("robots    allowed", "2 entries looked at, 2024-04-18 to 2024-04-18, 1 without a day", "/a.html"):
        assert said in checked.stdout
    assert 'verified = "20' in (tmp_path / "publishers" / "my-city.toml").read_text("utf-8")
    assert json.loads(again.stdout)["listings"][0]["article"]["uri"] == "http://my.example/a.html"


@pytest.mark.slow
def test_check_says_what_is_wrong_and_does_not_mark(qzetl, tmp_path):
    file = tmp_path / "publishers" / "my-city.toml"
    file.write_text(FILE.replace("a.t", "a.headline"), "utf-8")

    checked = qzetl("publishers", "check", "my-city", "--mark")

    assert checked.returncode == 1
    assert "list-unrecognised: 0 entries" in checked.stdout
    assert "no link under 'a.headline'; look at the page and mend the selector" in checked.stdout
    assert 'verified = "never"' in file.read_text("utf-8")


@pytest.mark.parametrize(
    ("tokens", "said"),
    [
        (["publishers", "check", "nobody"], "no publisher is called nobody; known are my-city"),
        (["collect", "--language", "zh"], "name one with --input"),
        (["collect", "--publisher", "nobody"], "no publisher is called nobody"),
    ],
)
def test_wrong_calls_are_exit_code_2(tokens, said, capsys, monkeypatch, tmp_path):
    from qzetl.cli import main

    (tmp_path / "my-city.toml").write_text(FILE, "utf-8")
    monkeypatch.setenv("QZETL_PUBLISHERS", str(tmp_path))
    monkeypatch.chdir(tmp_path)

    code = main(tokens)

    assert code == 2
    assert said in capsys.readouterr().err
