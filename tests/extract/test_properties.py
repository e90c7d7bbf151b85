"""What holds for any text whatever: nothing is raised, spans are true, and the letters' form does not matter."""

import re
from datetime import date
from itertools import pairwise

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from qzetl.extract import home_area
from qzetl.extract.times import read_time

FULL_WIDTH = str.maketrans("0123456789", "０１２３４５６７８９")
READING = (
    "role",
    "value",
    "value_low",
    "value_high",
    "bound",
    "unit",
    "measure",
    "indicator",
    "area",
    "period",
    "status",
)

WORDS = """全市 全省 江山市 高于 分别 同比 增长 下降 出口 进口 地区生产总值 规上工业增加值 其中 力争 将 占 完成 居
    2023年 去年 今年以来 一季度 1—9月 上半年 “十四五”期间 9月末 两年平均 “五一”假期 年末 年度目标的 GDP CPI
    第 前 后 近 超 约 余 多 左右 以上 以内 百亿 项目 企业 由 提高到 PM2.5 5A级 第三产业 “双千计划” 一系列
    6.8% 12亿元 3.5万人次 1.2个百分点 5 三千多人 两成 三分之一 翻一番 第2位 前三 50%至80% 1.2、3亿元
    10.1∶42.3∶47.6 2×34万千瓦 1. （一） 一、 ， 。 ； ： （ ） “ ” 、 - —"""
PIECES = st.sampled_from([*WORDS.split(), "\u3000", " "])
PARAGRAPH = st.lists(PIECES, min_size=1, max_size=12).map("".join)
PROSE = st.lists(PIECES | st.just("\n"), max_size=30).map("".join)
NUMERIC = st.text(
    alphabet="0123456789０１９.,-—~～至到%％万亿千百十一二三两几零〇第前成分之年月日季度个项家元倍∶:：×“”（）()\n ，。",
    max_size=40,
)
TEXTS = st.one_of(st.text(max_size=60), PROSE, NUMERIC)
DAYS = st.none() | st.dates(date(1000, 1, 1), date(2999, 12, 31))


def readings(mentions):
    return [tuple(getattr(m, name) for name in READING) for m in mentions]


@given(
    TEXTS,
    DAYS,
    st.sampled_from([None, "330800", "330000", "100000", "110101", "999999", "", "衢州"]),
    st.none() | TEXTS,
)
@example("1-", None, None, None)
@example("第第第第", None, None, None)
@example("3分之", None, None, None)
@example("年年年季度末初", date(1000, 1, 1), None, None)
@example("去年前年上月上季度昨天", date(1000, 1, 1), None, None)
@example("明年后年下月下季度明天次年", date(2999, 12, 31), None, None)
@example("0分之0", None, None, None)
@example("\x00\ud7ff\U0010ffff9", None, None, None)
def test_any_text_is_accepted_and_every_span_is_true(read, text, published, area, title):
    mentions = read(text, title=title, published=published, area=area)

    for m in mentions:
        assert 0 <= m.start < m.end <= len(text)
        assert m.quote == text[m.start : m.end]
        if m.role == "quantity":
            assert m.sentence_start <= m.start
            assert m.end <= m.sentence_end
            assert (m.value is None) == (m.value_low is not None and m.value_high is not None)
            assert None not in (m.unit, m.measure, m.bound, m.status, m.confidence, m.rule)
            assert (m.bound == "range") == (m.value is None)
            assert m.area is None or m.area in read.lexicon.areas
            assert m.indicator is None or m.indicator in read.lexicon.indicators


@given(TEXTS)
def test_spans_stand_in_order_and_only_equal_ones_overlap(read, text):
    spans = [(m.start, m.end) for m in read(text)]

    assert spans == sorted(spans)
    distinct = list(dict.fromkeys(spans))
    assert all(one[1] <= other[0] for one, other in pairwise(distinct))


@given(PROSE)
def test_everything_written_with_digits_is_a_mention(read, text):
    covered = {at for m in read(text) for at in range(m.start, m.end)}

    assert [at for at, letter in enumerate(text) if letter in "0123456789" and at not in covered] == []


@given(TEXTS, DAYS)
def test_the_same_text_gives_the_same_mentions(read, text, published):
    assert read(text, published=published) == read(text, published=published)


@given(TEXTS)
def test_full_width_digits_change_nothing(read, text):
    wide = text.translate(FULL_WIDTH)
    one, other = (read(t) for t in (text, wide))

    assert [(m.start, m.end) for m in one] == [(m.start, m.end) for m in other]
    assert readings(one) == readings(other)


@example("5\n余", 1)
@example("全省（\n6.8%", 1)
@example("5\n出口", 1)
@example("年度目标的\n力争6.8%", 1)
@given(st.lists(PARAGRAPH, min_size=1, max_size=4).map("\n".join), st.integers(1, 3))
def test_blank_lines_between_paragraphs_only_shift_offsets(read, text, extra):
    spaced = re.sub("\n", "\n" * (1 + extra), text)
    moved = [at + extra * text.count("\n", 0, at) for at in range(len(text) + 1)]
    one, other = (read(t) for t in (text, spaced))

    assert [(moved[m.start], moved[m.end - 1] + 1) for m in one] == [(m.start, m.end) for m in other]
    assert readings(one) == readings(other)


@given(TEXTS, st.none() | TEXTS)
def test_home_area_is_a_known_area_or_none(read, text, title):
    area = home_area(title, text, read.lexicon)

    assert area is None or area in read.lexicon.areas


HOSTILE = [
    "第",
    "一",
    "1",
    "“",
    "1-",
    "3分之",
    "（",
    "增长",
    "千",
    "年",
    "“1",
    "全市",
    "\n",
    "去年",
]


@pytest.mark.slow
@pytest.mark.timeout(60)
@pytest.mark.parametrize("piece", HOSTILE)
def test_hostile_text_finishes(read, piece):
    """Two hundred thousand letters; anything worse than linear time runs into the limit."""
    text = (piece * (200_000 // len(piece) + 1))[:200_000]

    mentions = read(text)

    assert all(text[m.start : m.end] == m.quote for m in mentions)


@pytest.mark.slow
@pytest.mark.timeout(60)
@pytest.mark.parametrize(
    "piece",
    [
        "、1",
        "和1%",
        "1,",
        "1亿元，",
    ],
)
def test_sentence_without_an_end_finishes(read, piece):
    text = (piece * (200_000 // len(piece) + 1))[:200_000]

    assert read.quantities(text)


@given(
    st.from_regex(
        r"[0-9]{1,6}(,[0-9]{3})?(\.[0-9]{1,4})?[%万亿元家项人吨亩户名座所公千百][年月日个、至—0-9.前末底]{0,4}",
        fullmatch=True,
    )
)
def test_no_time_word_begins_with_digits_and_a_unit(lexicon, text) -> None:
    """The scan tries no time word there; this is what makes that right."""
    for at in range(len(text)):
        if text[at:].lstrip("0123456789,.")[:1] in "%万亿元家项人吨亩户名座所公千百" and text[at].isdigit():
            assert read_time(text, at, lexicon.time) is None
