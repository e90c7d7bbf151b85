"""Plain text and Markdown are read with a layout's scars repaired."""

import json
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qzetl.errors import InputError
from qzetl.read.plain import read_plain

ONE = "站在江畔回望,全县地区生产总值321.5亿元,同比增长6.8%,规上工业总产值首次突破600亿元大关。"
TWO = "去年,全县98家规上造纸企业实现产值286.4亿元,同比增长10.3%,占全国特种纸产量的四分之一左右。"


def _lines(text: str) -> list[str]:
    return read_plain(text, "file:a.txt").text.split("\n")


@pytest.mark.parametrize("squeeze", [None, "\n\n", "\n"])
def test_the_quzhou_article_is_cleaned_as_gold_has_it(shared, squeeze):
    """Also where all gaps between lines are alike, so that no rule leans on one file's spacing."""
    raw = (shared / "real" / "quzhou-2024-vanguard.txt").read_text("utf-8")
    gold = json.loads((shared / "gold" / "quzhou-2024-vanguard.text.json").read_text("utf-8"))

    article = read_plain(re.sub(r"\n{2,}", squeeze, raw) if squeeze else raw, "file:quzhou-2024-vanguard.txt")

    assert (article.title, article.byline, article.text) == (gold["title"], gold["byline"], gold["text"])
    assert article.captions[:2] == ("古城新市 许军 摄", "衢州市政务服务中心")
    assert article.published is None


def test_front_matter_is_honoured():
    front = "---\ntitle: 山区县的向新之路\npublished: 2024-02-29\nbyline: 编辑部\nsource: 示例周刊\n---\n"
    text = f"{front}\n{ONE}\n\n{TWO}\n"

    article = read_plain(text, "file:a.md")

    assert (article.title, article.published) == ("山区县的向新之路", "2024-02-29")
    assert (article.byline, article.source) == ("编辑部", "示例周刊")
    assert article.text == f"{ONE}\n{TWO}"


def test_paragraph_cut_by_captions_is_joined():
    cut = ONE.index("总值") + 1

    lines = _lines(f"# 标题一则\n\n{TWO}\n\n{ONE[:cut]}\n\n\n\n县政务服务中心\n\n\n\n{ONE[cut:]}\n\n{TWO}\n")

    assert lines == [TWO, ONE, TWO]


def test_unmarked_headings_stay_in_the_text():
    lines = _lines(f"一座山区县的向新之路\n\n{ONE}\n\n一张纸的升级\n\n{TWO}\n\n二、一座城的更新\n\n{ONE}\n")

    assert lines == [ONE, "一张纸的升级", TWO, "二、一座城的更新", ONE]


def test_furniture_after_the_pictures_credit_is_dropped():
    assert _lines(
        f"# 标题一则\n\n{ONE}\n\n{TWO}\n\n(本版图片由县委宣传部提供)\n\n扛鼎\n\n以「稳」「进」多作贡献\n"
    ) == [ONE, TWO]


def test_running_head_above_the_headline_dates_the_issue():
    article = read_plain(f"示例周刊 2024年2月29日 第3版\n\n# 一座山区县的向新之路\n\n编辑部\n\n{ONE}\n", "file:a.txt")

    assert (article.title, article.byline) == ("一座山区县的向新之路", "编辑部")
    assert article.published == "2024-02-29"


def test_credit_lines_are_no_text():
    article = read_plain(
        f"一座山区县的向新之路\n来源:示例周刊\n发布时间:2024-02-29 08:30\n{ONE}\n{TWO}\n", "file:a.txt"
    )

    assert (article.source, article.published) == ("示例周刊", "2024-02-29T08:30:00+08:00")
    assert article.text == f"{ONE}\n{TWO}"


def test_hard_wrapped_lines_are_joined():
    width = 30
    wrapped = "\n".join(ONE[i : i + width] for i in range(0, len(ONE), width))
    again = "\n".join(TWO[i : i + width] for i in range(0, len(TWO), width))

    assert _lines(f"# 标题一则\n\n{wrapped}\n\n{again}\n") == [ONE, TWO]


def test_markdown_marks_disappear_and_tables_become_rows():
    text = f"# 标题一则\n\n**要点**:{ONE}\n\n| 地区 | 总量 |\n|---|---|\n| 柯城 | 612.3 |\n\n见[公报](http://x.example/a),{TWO}\n"

    assert _lines(text) == [f"要点:{ONE}", "地区\t总量", "柯城\t612.3", f"见公报,{TWO}"]


@pytest.mark.parametrize("text", ["", "\n\n", "---\ntitle: 只有题\n---\n", "# 只有题\n"])
def test_text_without_a_paragraph_is_no_article(text):
    with pytest.raises(InputError) as caught:
        read_plain(text, "file:a.txt")

    assert caught.value.outcome == "no-article"
    assert "file:a.txt" in str(caught.value)


@given(
    st.lists(
        st.one_of(st.sampled_from(["\n", "\n\n", "# ", "|", "---\n", "a: b\n", ONE, "台,", "摄", "**"]), st.text())
    ).map("".join)
)
def test_any_text_gives_an_article_or_an_input_error(text):
    try:
        article = read_plain(text, "file:a.txt")
    except InputError as error:
        assert error.outcome == "no-article"  # noqa: PT017  # both are right
        return
    assert all(line for line in article.text.split("\n"))
