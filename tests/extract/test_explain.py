"""Every number can be explained: what was found in its sentence, and a sentence for every rule that bound it."""

import ast
import csv
import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qzetl.extract import Document, Lexicon, extract
from qzetl.extract.explain import explain
from qzetl.extract.rules import CUES, RULES, SILENT

ROOT = Path(__file__).resolve().parents[2]
LEXICON = Lexicon.load(ROOT / "schemas" / "codelists")
TEXT = "2023年,衢州地区生产总值同比增长6.8%,高于全省6%的增速。全年新增就业4万余人,“五链”融合。龙游县位居全省第2位。"
# What is written here, beside cues that are shown, are kinds of words with a kind of their own.
OWN_KIND = {"indicator", "place", "zone", "size"}


def document(text: str = TEXT, area: str | None = "330800") -> Document:
    return Document("a", text, "衢州经济", date(2024, 2, 29), area)


def quantities(text: str = TEXT, at: int | None = None) -> list:
    return [each for sentence in explain(document(text), LEXICON, at) for each in sentence.quantities]


# Which rules there are.


def names_in(module: ast.Module) -> Iterator[str]:
    """The names of rules that a module can put into `Mention.rule`, read from its source.

    They stand as the third argument of `Reading`, as the last of a tuple that a function returns with a thing and
    a name, and as the last argument of `_mention`.
    """
    for node in ast.walk(module):
        if isinstance(node, ast.Call) and (called := getattr(node.func, "id", getattr(node.func, "attr", ""))):
            if called == "Reading":
                yield from texts([*node.args[2:], *(k.value for k in node.keywords if k.arg == "rule")])
            elif called == "_mention":
                yield from texts(node.args[-1:])
        elif isinstance(node, ast.FunctionDef) and node.returns and names_something(node.returns):
            for each in ast.walk(node):
                if isinstance(each, ast.Return) and isinstance(each.value, ast.Tuple):
                    yield from texts(each.value.elts[-1:])


def names_something(returns: ast.expr) -> bool:
    written = ast.unparse(returns)
    return written in {f"tuple[{thing}, str]{none}" for thing in ("Subject", "Bond") for none in ("", " | None")}


def texts(nodes: list[ast.expr]) -> Iterator[str]:
    for node in nodes:
        if isinstance(node, ast.IfExp):
            yield from texts([node.body, node.orelse])
        elif isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value:
            yield node.value


def emitted() -> dict[str, str]:
    """Every rule's name, and the module that emits it."""
    modules = sorted((ROOT / "src/qzetl/extract").glob("*.py"))
    return {name: path.name for path in modules for name in names_in(ast.parse(path.read_text("utf-8")))}


def test_every_rule_that_the_code_can_name_has_its_sentence() -> None:
    missing = {name: module for name, module in emitted().items() if name not in RULES}

    assert missing == {}, "write a sentence for these in src/qzetl/extract/rules.py"


def test_no_sentence_is_left_of_a_rule_that_is_gone() -> None:
    assert sorted(set(RULES) - set(emitted())) == []


def test_a_reading_always_names_its_rule() -> None:
    source = ast.parse((ROOT / "src/qzetl/extract/measures.py").read_text("utf-8"))
    calls = [n for n in ast.walk(source) if isinstance(n, ast.Call) and getattr(n.func, "id", "") == "Reading"]

    assert calls
    assert [ast.unparse(n) for n in calls if not list(texts(n.args[2:]))] == []


def test_the_rules_of_annotated_articles_are_all_explained() -> None:
    articles = sorted((ROOT / "tests/gold").glob("*.text.json"))
    seen = set()
    for path in articles:
        facts = json.loads(path.read_text("utf-8"))
        text = Document(facts["doc"], facts["text"], facts["title"], date(2024, 1, 1), facts.get("area"))
        seen |= {name for m in extract(text, LEXICON) if m.rule for name in m.rule.split("/")}

    assert len(seen) > 10, "the annotated articles are not there"
    assert sorted(seen - set(RULES)) == []


def test_sentences_are_short_and_whole() -> None:
    sentences = [rule.sentence for rule in RULES.values()]

    assert all(10 < len(sentence) <= 110 and not sentence.endswith(".") for sentence in sentences)
    assert len(set(sentences)) == len(sentences)


def test_every_kind_of_cue_is_worded_or_left_out_on_purpose(root: Path) -> None:
    with (root / "schemas/codelists/cues.csv").open(encoding="utf-8", newline="") as file:
        kinds = {row["kind"] for row in csv.DictReader(file)}

    assert kinds - OWN_KIND - set(CUES) - SILENT == set()


# What is shown.


def test_what_the_scan_found_is_told_by_kind_and_meaning() -> None:
    first, second, third = explain(document(), LEXICON)

    assert [(f.text, f.kind, f.means) for f in first.found] == [
        ("2023年", "time", "2023"),
        ("衢州", "place", "330800"),
        ("地区生产总值", "indicator", "GDP"),
        ("同比", "cue", "on the year before"),
        ("增长", "cue", "growth"),
        ("6.8%", "quantity", None),
        ("高于", "cue", "above"),
        ("全省", "place", "330000"),
        ("6%", "quantity", None),
        ("增速", "cue", "growth"),
    ]
    assert ("“五链”", "name") in [(f.text, f.kind) for f in second.found]
    assert third.sentence == "龙游县位居全省第2位。"


def test_the_mentions_are_those_of_extraction_word_for_word() -> None:
    assert [q.mention for q in quantities()] == [m for m in extract(document(), LEXICON) if m.role == "quantity"]


def test_codes_have_their_names_and_rules_their_sentences() -> None:
    growth, other, *_, rank = quantities()

    assert (growth.indicator_name, growth.area_name, other.area_name) == ("地区生产总值", "衢州市", "浙江省")
    assert (rank.mention.measure, rank.scope_name) == ("RANK", "浙江省")
    assert [reason.rule for reason in other.reasons] == (other.mention.rule or "").split("/")
    assert all(reason.because == RULES[reason.rule].sentence for q in quantities() for reason in q.reasons)


def test_the_words_that_say_period_area_and_scope_are_pointed_at() -> None:
    growth, other, *_, rank = quantities()

    assert (growth.period_at.text, growth.area_at.text) == ("2023年", "衢州")
    assert other.area_at.text == "全省"
    assert (rank.area_at.text, rank.scope_at.text) == ("龙游县", "全省")


def test_what_no_word_says_is_pointed_at_nowhere() -> None:
    (only,) = quantities("地区生产总值增长6.8%。")

    assert (only.mention.area, only.area_at) == ("330800", None)


def test_an_offset_chooses_the_quantity_that_covers_it() -> None:
    start = TEXT.index("6.8%")

    assert [q.mention.quote for at in range(start, start + 4) for q in quantities(at=at)] == ["6.8%"] * 4
    assert quantities(at=start + 4) == quantities(at=0) == quantities(at=-1) == quantities(at=10_000) == []


def test_a_figure_of_two_indicators_is_explained_for_each() -> None:
    text = "城乡居民人均可支配收入增长5%。"

    assert [q.mention.indicator for q in quantities(text, at=text.index("5%"))] == [
        "INCOME_PER_CAPITA_URBAN",
        "INCOME_PER_CAPITA_RURAL",
    ]


@pytest.mark.parametrize("text", ["", "。", "没有数字。", "一批"])
def test_a_text_without_quantities_has_nothing_to_explain(text: str) -> None:
    assert explain(document(text), LEXICON) == []


PIECES = ["衢州", "全省", "地区生产总值", "第三产业增加值", "PM2.5", "同比", "增长", "分别", "2023年", "一季度", "6.8%"]
PIECES += ["3.5亿元", "第2", "、", ",", "。", "\n", "“五链”", "(", ")", "x", "８", "\x1b", "百亿项目", "其中"]


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=40).map("".join) | st.text(max_size=40))
def test_any_text_is_explained_with_findings_apart_and_in_place(text: str) -> None:
    for sentence in explain(document(text), LEXICON):
        assert text[sentence.start : sentence.end] == sentence.sentence
        assert sentence.quantities
        assert all(text[f.start : f.end] == f.text for f in sentence.found)
        assert all(a.end <= b.start for a, b in zip(sentence.found, sentence.found[1:], strict=False))
        numbers = {(f.start, f.end) for f in sentence.found if f.kind == "quantity"}
        assert {(q.mention.start, q.mention.end) for q in sentence.quantities} <= numbers
