"""Reprints are found although they were edited; what only looks alike is none."""

from collections.abc import Callable

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qzetl.dataset.duplicates import mark_duplicates
from qzetl.dataset.rows import Reading
from qzetl.dataset.sketch import figures, sketch

Make = Callable[..., Reading]
Check = Callable[..., dict[str, pl.DataFrame]]

REPORT = (
    "市统计局发布的数据显示,今年前两个月全市规模以上工业增加值78.6亿元,同比增长7.2%,增速比上年全年加快1.3个百分点。"
    "分行业看,三十五个大类行业中有二十四个实现增长,其中化学原料和化学制品制造业增长11.4%,造纸业增长6.8%,非金属矿物制品业下降2.1%。"
    "装备制造业继续领跑,增加值增长12.9%,拉动全市工业增长3.4个百分点。工业用电量21.7亿千瓦时,增长9.5%。"
    "下一步,我市将抓好重点企业的生产调度,帮助企业用好各项政策,推动工业经济平稳开局。"
)


@pytest.fixture
def originals(read: Make, check: Check) -> Callable[..., list[int | None]]:
    """Mark articles given as (text, publisher, published); say of each which one it points to, by number."""

    def mark(*articles: tuple[str, str, str], uris: list[str] | None = None) -> list[int | None]:
        readings = [
            read(text, publisher=publisher, published=day, uri=uris[n] if uris else f"https://{publisher}.example/{n}")
            for n, (text, publisher, day) in enumerate(articles)
        ]
        frames = check(readings)
        marked = mark_duplicates(frames["articles"], frames["publishers"], frames["texts"].lazy())
        told = dict(marked.select("article_id", "duplicate_of").iter_rows())
        numbers = {reading.article_id: n for n, reading in enumerate(readings)}
        return [numbers.get(told[reading.article_id] or "") for reading in readings]

    return mark


@pytest.mark.parametrize(
    "edited",
    [
        pytest.param("示例市3月18日电 " + REPORT, id="dateline"),
        pytest.param(REPORT.replace("我市", "全市").replace("帮助企业用好各项政策,", ""), id="small edits"),
        pytest.param(REPORT.replace(",", ", ").replace("。", "。\n"), id="marks and lines"),
        pytest.param(REPORT.replace("其中化学原料和化学制品制造业增长11.4%,", ""), id="a figure less"),
        pytest.param(REPORT.translate({ord(c): ord(c) + 0xFEE0 for c in "0123456789%,"}), id="full width"),
    ],
)
def test_an_edited_reprint_points_to_the_first_publisher(originals, edited):
    assert originals((edited, "daily", "2024-03-18"), (REPORT, "gov", "2024-03-17")) == [1, None]


@pytest.mark.parametrize(
    "other",
    [
        pytest.param(REPORT.replace("78.6", "121.4").replace("7.2%", "7.0%"), id="another month's report"),
        pytest.param(REPORT.replace("增长11.4%", "增长11.4%,占比22.5%"), id="a figure more"),
        pytest.param("关于印发方案的通知。" * 30, id="another text"),
    ],
)
def test_what_says_another_figure_is_no_reprint(originals, other):
    assert originals((REPORT, "gov", "2024-03-17"), (other, "daily", "2024-03-18")) == [None, None]


def test_a_changed_page_is_no_reprint_of_its_earlier_text(originals):
    changed = REPORT.replace("平稳开局", "良好开局")
    uris = ["https://gov.example/a", "https://gov.example/a"]

    assert originals((REPORT, "gov", "2024-03-17"), (changed, "gov", "2024-03-18"), uris=uris) == [None, None]


def test_a_reprint_of_a_reprint_points_to_the_original(originals):
    second = REPORT.replace("市统计局发布的数据显示", "记者从市统计局获悉")
    third = second.replace("推动工业经济平稳开局", "稳住工业经济大盘")

    articles = [(third, "evening", "2024-03-20"), (second, "daily", "2024-03-19"), (REPORT, "stats", "2024-03-17")]

    assert originals(*articles) == [2, 2, None]


def test_short_texts_must_be_the_same(originals):
    brief = "全市粮食播种面积基本稳定,春耕备耕有序推进。"

    assert originals((brief, "gov", "2024-03-17"), (f"{brief}记者报道。", "daily", "2024-03-18")) == [None, None]


@pytest.mark.parametrize("table", ["texts", "articles"])
def test_articles_without_texts_and_none_at_all_are_left_alone(check, read, table):
    frames = check([read(REPORT)])
    frames[table] = frames[table].clear()

    marked = mark_duplicates(frames["articles"], frames["publishers"], frames["texts"].lazy())

    assert marked.equals(frames["articles"])


def test_figures_are_numbers_but_no_days():
    assert dict(figures("3月5日,进出口1,234.5亿元,增长6%;2024年1月2日起,6%")) == {"1234.5": 1, "6": 2}


def test_sketch_stays_the_same_across_machines_and_versions():
    """Stored sketches are compared with new ones: where this changes, the store must be made anew."""
    assert sketch(REPORT) == sketch(f" {REPORT} ")
    assert sketch(REPORT)[:24] == "634ee3f7c4b4255d86509dcf"


@settings(max_examples=30, deadline=None)
@given(st.text(max_size=200))
def test_any_text_has_a_sketch(text):
    assert len(sketch(text)) == 128
    assert sketch(text) == sketch(text)
