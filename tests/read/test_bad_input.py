"""Whatever is no article has a named outcome and a message, in bounded time and memory; nothing is read by halves."""

import subprocess
import sys
import time
from contextlib import suppress
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from qzetl.collect.capture import Capture
from qzetl.errors import InputError
from qzetl.read.stage import read_capture

PROSE = "2023年,全市生产总值2168.4亿元,比上年增长6.6%,增速高于全省平均。其中,第三产业增加值增长7.1%,比重继续提高。"
URI = "http://news.example/a.html"
HEADLINES = "".join(
    f"<li><a href='/{n}.html'>全市外贸进出口总值再创新高</a><span>2024-02-{n:02}</span></li>" for n in range(1, 29)
)
NAVIGATION = "<div class='nav'><a href='/'>首页</a><a href='/gov'>政务公开</a><a href='/news'>新闻动态</a></div>"
FOOTER = "<div class='foot'>主办单位:示例市人民政府 网站标识码3300000000 浙ICP备00000000号</div>"


def _capture(body: bytes, content_type: str = "text/html") -> Capture:
    return Capture(URI, "p", date(2024, 2, 29), datetime(2024, 2, 29, tzinfo=UTC), body, content_type)


def _page(body: str, title: str = "示例市人民政府") -> bytes:
    head = f"<head><meta charset='utf-8'><title>{title}</title></head>"
    return f"<html>{head}<body>{NAVIGATION}{body}{FOOTER}</body></html>".encode()


FRAMESET = "<html><head><title>x</title></head><frameset><frame src='l.htm'><frame src='r.htm'></frameset></html>"
SCRIPT_ONLY = _page(
    "<div id='app'></div><noscript>请启用JavaScript,否则无法显示页面。</noscript><script>render()</script>"
)
LOGIN = _page(
    "<form action='/login'><h3>用户登录</h3><p>请先登录后再查看,没有账号的用户可以先注册。</p>用户名<input name='u'>"
    "密码<input type='password' name='p'><button>登录</button><p>忘记密码请联系网站管理员。</p></form>",
    "用户登录",
)
MISSING = _page("<h2>404</h2><p>抱歉,您访问的页面不存在或已被删除,3秒后将自动返回网站首页。</p>", "404错误提示")
MOVED = _page("<p>很抱歉,您要访问的页面已被移除,请检查您输入的网址是否正确,或返回首页。</p>", "出错了")
LIST = _page(f"<h2>新闻</h2><ul>{HEADLINES}</ul><div>共12页 <a href='index_2.html'>下一页</a></div>", "新闻")
LIST_OF_LEADS = _page(
    "".join(
        f"<div class='one'><h3><a href='/{n}.html'>全市外贸进出口总值再创新高</a></h3>"
        f"<p>前{n}个月,全市外贸进出口总值保持增长,增速高于全省平均水平。<a href='/{n}.html'>[详细]</a></p></div>"
        for n in range(1, 25)
    ),
    "新闻动态",
)
VIDEO = _page(
    f"<h1>衢州新闻联播</h1><video src='a.mp4' controls></video><p>2024-02-29</p><ul>{HEADLINES}</ul>", "衢州新闻联播"
)
PICTURES = _page("<h1>组图:雪后古城</h1>" + "<p><img src='a.jpg'></p>" * 9, "组图:雪后古城")
MOJIBAKE = _page(f"<h1>标题一则</h1><p>{(PROSE * 9).encode().decode('gb18030', 'ignore')}</p>")
LATIN = _page(f"<h1>标题一则</h1><p>{(PROSE * 9).encode('gb18030').decode('latin-1')}</p>")
KUN = _page(f"<h1>标题一则</h1><p>{'锟斤拷' * 200}</p>")


@pytest.mark.parametrize(
    ("body", "outcome"),
    [
        pytest.param(FRAMESET.encode(), "no-article", id="frameset"),
        pytest.param(SCRIPT_ONLY, "no-article", id="script only"),
        pytest.param(LOGIN, "no-article", id="login"),
        pytest.param(MISSING, "no-article", id="404 as 200"),
        pytest.param(MOVED, "no-article", id="moved"),
        pytest.param(LIST, "list-page", id="list"),
        pytest.param(LIST_OF_LEADS, "list-page", id="list of leads"),
        pytest.param(VIDEO, "no-article", id="video among headlines"),
        pytest.param(PICTURES, "no-article", id="pictures"),
        pytest.param(MOJIBAKE, "mojibake", id="UTF-8 read as GB18030 and saved"),
        pytest.param(LATIN, "mojibake", id="GB18030 read as Latin-1 and saved"),
        pytest.param(KUN, "undecodable", id="replacement characters read as GBK"),
        pytest.param(b"<p>" + b"a" * 20_000_000, "too-large", id="20 MB"),
        pytest.param(b"<div>" * 100_000 + PROSE.encode(), "too-deep", id="100,000 deep"),
        pytest.param(b"<html><body>\x00</body></html>", "binary", id="only NUL"),
        pytest.param(bytes(range(256)) * 99, "binary", id="binary"),
    ],
)
def test_outcome_is_named_and_the_message_names_the_page(body, outcome):
    start = time.process_time()
    with pytest.raises(InputError) as caught:
        read_capture(_capture(body))

    assert caught.value.outcome == outcome
    assert URI in str(caught.value)
    assert time.process_time() - start < 20  # a bound, no figure: it hangs or it does not


@pytest.mark.parametrize(
    ("encoding", "declared", "content_type"),
    [
        ("gb18030", "gb2312", "text/html"),
        ("gb18030", "utf-8", "text/html"),
        ("gb18030", "utf-8", "text/html; charset=utf-8"),
        ("gb18030", "big5", "text/html; charset=iso-8859-1"),
        ("utf-8", "gb2312", "text/html; charset=gbk"),
        ("utf-8", "iso-8859-1", "text/html; charset=big5"),
        ("utf-16", "gb2312", "text/html"),
        ("utf-8-sig", "gb2312", "text/html"),
        ("big5hkscs", "big5", "text/html"),
        ("gb18030", "no-such-thing", "text/html; charset=;"),
    ],
)
def test_an_encoding_that_lies_is_found_out(encoding, declared, content_type):
    traditional = "全市生產總值2168.4億元,比上年增長6.6%,其中第三產業增加值增長7.1%。"
    text = traditional if encoding == "big5hkscs" else PROSE
    page = f"<html><head><meta charset='{declared}'><title>标题一则</title></head><body><p>{text}</p></body></html>"

    article = read_capture(_capture(page.encode(encoding, "replace"), content_type))

    assert article.text == text


def test_nul_characters_cut_no_text():
    article = read_capture(_capture(f"<h1>标题一则</h1><p>{PROSE[:20]}\x00{PROSE[20:]}</p>".encode()))

    assert article.text == PROSE


@pytest.mark.slow
@pytest.mark.parametrize("piece", ["a", "<p>x", "<p>" + PROSE, "<td>1", "<a href=x>x", "<div><p>", "<tr><td>1<td>2"])
def test_nine_megabytes_of_anything_stay_within_bounds(piece):
    """In a process of its own: half a gigabyte and half a minute, whatever the page is made of."""
    code = (
        "import resource, sys; resource.setrlimit(resource.RLIMIT_CPU, (30, 30));"
        "sys.path.insert(0, sys.argv[1]); import test_bad_input as bad;"
        "bad.attempt(sys.argv[2]); lines = open('/proc/self/status').read().splitlines();"
        "print(next(line.split()[1] for line in lines if line.startswith('VmHWM')))"
    )
    command = [sys.executable, "-c", code, str(Path(__file__).parent), piece]

    kilobytes = int(subprocess.run(command, check=True, capture_output=True, text=True).stdout)

    assert kilobytes < 700_000


def attempt(piece: str) -> None:
    encoded = piece.encode()
    with suppress(InputError):
        read_capture(_capture(encoded * (9_000_000 // len(encoded))))
