"""`qzetl read` as scripts use it: good input on stdout, bad input named on stderr, neighbours done."""

import gzip
import json

import pytest

pytestmark = pytest.mark.e2e

PAGE = """<!doctype html><html><head><meta charset="utf-8"><title>全市一季度经济运行平稳</title>
<meta name="PubDate" content="2024-04-20 09:30"></head><body><nav><a href="/">首页</a></nav>
<div id="zoom"><p>4月19日,市统计局发布一季度经济运行情况。初步核算,全市地区生产总值同比增长6.1%。</p>
<p>分产业看,第一产业增加值增长3.2%,第二产业增加值增长6.9%,第三产业增加值增长5.8%。</p>
<p>下一步,各地将继续落实各项政策,推动经济持续回升向好,确保完成全年目标任务。</p></div></body></html>"""
TEXT = """# 全县春耕有序推进

编辑部

截至3月15日,全县已完成早稻育秧2.3万亩,比上年同期增加0.2万亩。

农技人员走进田间地头。
"""
KEYS = ["uri", "title", "byline", "publisher", "source", "published", "text", "layout", "captions"]


def record(uri: str, body: bytes) -> bytes:
    http = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n" + body
    head = (
        f"WARC/1.1\r\nWARC-Type: response\r\nWARC-Target-URI: {uri}\r\nWARC-Date: 2024-04-20T02:00:00Z\r\n"
        "WARC-Record-ID: <urn:uuid:00000000-0000-4000-8000-000000000000>\r\n"
        f"Content-Type: application/http; msgtype=response\r\nContent-Length: {len(http)}\r\n\r\n"
    )
    return gzip.compress(head.encode() + http + b"\r\n\r\n")


@pytest.fixture
def folder(tmp_path):
    """A folder with a page, a text, and everything that can be wrong with a file."""
    made = tmp_path / "in"
    made.mkdir()
    (made / "page.html").write_text(PAGE, "utf-8")
    (made / "text.md").write_text(TEXT, "utf-8")
    (made / "empty.txt").write_bytes(b"")
    (made / "binary.txt").write_bytes(bytes(range(256)) * 20)
    (made / "menu.html").write_text("<html><body><ul><li><a href='/a'>甲</a></li></ul></body></html>", "utf-8")
    (made / "broken.warc.gz").write_bytes(record("http://gov.example/a.html", PAGE.encode())[:-40])
    return made


def test_articles_are_json_lines_with_stable_keys(qzetl, tmp_path) -> None:
    (tmp_path / "page.html").write_text(PAGE, "utf-8")

    done = qzetl("read", "page.html")

    (line,) = done.stdout.splitlines()
    article = json.loads(line)
    assert (done.returncode, done.stderr) == (0, "")
    assert list(article) == KEYS
    assert article["uri"] == "file:page.html"
    assert article["title"] == "全市一季度经济运行平稳"
    assert article["published"].startswith("2024-04-20")
    assert article["text"].startswith("4月19日,市统计局发布")
    assert "首页" not in article["text"]


def test_bad_files_are_named_and_their_neighbours_done(qzetl, folder) -> None:
    done = qzetl("read", folder, "nowhere")

    read = {json.loads(line)["uri"] for line in done.stdout.splitlines()}
    assert done.returncode == 1
    assert {"file:in/page.html", "file:in/text.md"} <= read
    for outcome, name in [
        ("empty", "empty.txt"),
        ("binary", "binary.txt"),
        ("no-article", "menu.html"),
        ("broken-warc", "broken.warc.gz"),
        ("not-found", "nowhere"),
    ]:
        (line,) = [line for line in done.stderr.splitlines() if line.startswith(f"qzetl: {outcome}: ")]
        assert name in line
        assert ";" in line, "it says what to do"


def test_a_record_of_a_warc_file_has_its_own_address(qzetl, tmp_path) -> None:
    (tmp_path / "crawl.warc.gz").write_bytes(record("http://gov.example/a.html", PAGE.encode()))

    done = qzetl("read", "crawl.warc.gz")

    assert done.returncode == 0
    assert [json.loads(line)["uri"] for line in done.stdout.splitlines()] == ["http://gov.example/a.html"]


def test_pages_of_a_crawl_without_an_article_are_named_but_fail_nothing(qzetl, tmp_path) -> None:
    pages = record("http://gov.example/a.html", PAGE.encode()) + record("http://gov.example/x.html", b"<p>404</p>")
    (tmp_path / "crawl.warc.gz").write_bytes(pages)

    done = qzetl("read", "crawl.warc.gz")

    assert done.returncode == 0
    assert len(done.stdout.splitlines()) == 1
    assert "http://gov.example/x.html" in done.stderr


def test_reading_keeps_nothing(qzetl, tmp_path) -> None:
    (tmp_path / "page.html").write_text(PAGE, "utf-8")

    qzetl("read", "page.html")

    assert [path.name for path in tmp_path.iterdir()] == ["page.html"]


def test_explain_names_the_rules_that_found_title_date_and_text(qzetl, tmp_path) -> None:
    (tmp_path / "page.html").write_text(PAGE, "utf-8")
    (tmp_path / "text.md").write_text(TEXT, "utf-8")

    done = qzetl("read", "--explain", "page.html", "text.md")

    page, text = [json.loads(line) for line in done.stdout.splitlines()]
    assert list(page) == [*KEYS, "explain"]
    assert page["explain"]["published"] == "metadata"
    assert page["explain"]["text"] == "hanweb"
    assert text["explain"] == {"title": "first line", "published": None, "text": "plain"}


def test_area_of_front_matter_is_told(qzetl, tmp_path) -> None:
    (tmp_path / "text.md").write_text("---\narea: 330881\n---\n" + TEXT, "utf-8")

    done = qzetl("read", "text.md")

    assert json.loads(done.stdout)["area"] == "330881"
