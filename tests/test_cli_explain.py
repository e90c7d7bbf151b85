"""`qzetl explain` as people and scripts use it."""

import io
import json
from datetime import date

import pytest
from rich.console import Console

from qzetl._cli.explained import Page
from qzetl.extract import Document, Lexicon
from qzetl.extract.explain import explain

TEXT = "2023年,衢州地区生产总值同比增长6.8%,高于全省6%的增速。力争3年左右实现“五链”融合,新增就业4万余人。"
ARTICLE = f"衢州经济稳中有进\n\n{TEXT}\n\n全市进出口总额达到512.3亿元,居全省第7位,同比增长4.1%,高于全省0.8个百分点。\n"
OWN = [
    *("doc", "start", "end", "quote", "role", "value", "value_low", "value_high", "bound", "unit", "measure"),
    *("indicator", "subject", "area", "period", "status", "scope", "reference", "confidence", "rule"),
    *("sentence_start", "sentence_end", "names", "written", "why", "sentence", "found"),
]


def line(**fields: object) -> str:
    return json.dumps({"doc": "a", "title": "衢州", "published": "2024-02-29", "area": "330800", "text": TEXT} | fields)


@pytest.fixture
def article(tmp_path):
    (tmp_path / "2024-02-29-report.txt").write_text(ARTICLE, "utf-8")
    return "2024-02-29-report.txt"


@pytest.fixture(scope="module")
def page_of(root):
    folder = root / "schemas/codelists"
    lexicon = Lexicon.load(folder)

    def render(text: str, **options: object) -> str:
        document = Document("a", text, "标题", date(2024, 2, 29), "330800")
        page = Page.of(folder, lexicon)
        console = Console(file=io.StringIO(), width=60, highlight=False, markup=False, **options)
        Page(console, lexicon, page.units, page.measures).show(document, explain(document, lexicon))
        return console.file.getvalue()

    return render


pytestmark = pytest.mark.e2e


def test_an_article_shows_each_number_with_what_it_was_bound_to_and_why(qzetl, article) -> None:
    done = qzetl("explain", article)

    assert (done.returncode, done.stderr) == (0, "")
    assert "«地区生产总值»‹同比›‹增长›[6.8%],‹高于›{全省}[6%]的‹增速›" in done.stdout
    assert "    published   2024-02-29\n    area        330800 衢州市\n" in done.stdout
    blocks = dict(block.split("\n", 1) for block in done.stdout.split("\n\n") if block.startswith("  "))
    (growth,) = (block for heading, block in blocks.items() if heading.startswith("  6.8%  at "))
    facts = [row.split(maxsplit=1) for row in growth.splitlines()]
    assert ["value", "6.8 PT — %, percent"] in facts
    assert ["measure", "GROWTH_YOY — 同比增速, growth on the same period a year before"] in facts
    assert ["indicator", "GDP — 地区生产总值; the words: 地区生产总值"] in facts
    assert facts[-2][:1] == ["why"]
    assert facts[-2][1].startswith("named: ")
    assert facts[-1][0] == "growth:"


def test_ranks_and_distances_tell_against_what(qzetl, article) -> None:
    said = qzetl("explain", article).stdout

    assert "    scope       330000 浙江省, last written 全省 at " in said
    assert "    reference   330000 浙江省, last written 全省 at " in said


def test_as_json_each_quantity_is_a_line_with_the_keys_of_extract_first(qzetl) -> None:
    explained = [json.loads(each) for each in qzetl("explain", "-", "--json", stdin=line()).stdout.splitlines()]
    extracted = [json.loads(each) for each in qzetl("extract", stdin=line()).stdout.splitlines()]

    assert all(list(each) == OWN for each in explained)
    assert [{key: each[key] for key in extracted[0]} for each in explained] == [
        each for each in extracted if each["role"] == "quantity"
    ]
    growth = explained[0]
    assert growth["names"] == {"indicator": "地区生产总值", "area": "衢州市", "scope": None, "reference": None}
    assert growth["written"]["period"]["text"] == "2023年"
    assert [(why["rule"], why["decides"]) for why in growth["why"]] == [("named", "subject"), ("growth", "measure")]
    assert growth["sentence"] == TEXT[growth["sentence_start"] : growth["sentence_end"]]
    assert {"start": 0, "end": 5, "text": "2023年", "kind": "time", "means": "2023"} in growth["found"]


def test_an_offset_chooses_one_quantity(qzetl) -> None:
    at = TEXT.index("6%的")

    done = qzetl("explain", "-", "--at", str(at), "--json", stdin=line())

    assert [json.loads(each)["area"] for each in done.stdout.splitlines()] == ["330000"]


@pytest.mark.parametrize(
    ("at", "said"),
    [
        (0, "2023年 at 0–5 was read as a time (2023)"),
        (TEXT.index("五链"), "“五链” at 41–45 was read as part of a name"),
        (TEXT.index("衢州"), "no number stands at offset 6"),
        (100_000, "no number stands at offset 100000"),
    ],
)
def test_an_offset_without_a_quantity_is_told_what_stands_there(qzetl, at: int, said: str) -> None:
    done = qzetl("explain", "-", "--at", str(at), stdin=line())

    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith(f"qzetl: a: {said}")


@pytest.mark.parametrize("call", [("explain",), ("explain", "--at", "5"), ("explain", "-", "--at", "-1")])
def test_a_wrong_call_is_wrong_usage(qzetl, call) -> None:
    done = qzetl(*call, stdin=line())

    assert (done.returncode, done.stdout) == (2, "")


@pytest.mark.parametrize(
    ("name", "body", "outcome"),
    [("gone.txt", None, "not-found"), ("a.pdf", b"%PDF", "unsupported"), ("empty.txt", b"", "empty")],
)
def test_what_cannot_be_read_is_named(qzetl, tmp_path, name, body, outcome) -> None:
    if body is not None:
        (tmp_path / name).write_bytes(body)

    done = qzetl("explain", name)

    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith(f"qzetl: {outcome}: ")


def test_bad_lines_are_named_and_the_others_explained(qzetl) -> None:
    done = qzetl("explain", "-", "--json", stdin=f"{{\n{line(doc='good')}\n")

    assert done.returncode == 1
    assert done.stderr.startswith("qzetl: -:1: it is not JSON")
    assert {json.loads(each)["doc"] for each in done.stdout.splitlines()} == {"good"}


def test_an_article_without_numbers_is_said_to_have_none(qzetl) -> None:
    done = qzetl("explain", "-", stdin=line(text="大家都很高兴。"))

    assert done.returncode == 0
    assert "no quantities to explain" in done.stdout


def test_on_a_terminal_kinds_have_colours_and_long_rows_wrap(page_of) -> None:
    said = page_of(TEXT, force_terminal=True, color_system="standard", legacy_windows=False, no_color=False)

    assert "\x1b[1;33m6.8%\x1b[0m" in said
    assert "[6.8%],‹" not in said
    assert "‹" not in said.replace("‹cue›", "")


def test_without_colours_the_kinds_keep_their_marks(page_of) -> None:
    said = page_of(TEXT, force_terminal=True, color_system="standard", legacy_windows=False, no_color=True)

    assert "[6.8%]" in said
    assert "<2023年>" in said


def test_an_article_cannot_steer_the_terminal(page_of) -> None:
    said = page_of("\x1b[31m全市\x07增长6.8%\u009b5m,\x08[bold]达3亿元[/bold]。", force_terminal=False)

    assert not {"\x1b", "\x07", "\x08", "\u009b"} & set(said)
    assert "[bold]" in said


def test_every_quantity_of_a_real_article_is_explained(qzetl, shared) -> None:
    file = shared / "real" / "quzhou-2024-vanguard.txt"

    lines = [json.loads(each) for each in qzetl("explain", file, "--json").stdout.splitlines()]
    text = qzetl("explain", file).stdout

    assert len(lines) >= 57
    assert all(each["why"] and each["sentence"] and each["confidence"] in "ABC" for each in lines)
    assert all(f"  {each['quote']}  at {each['start']}–{each['end']}  " in text for each in lines)
    assert text.count("    why         ") == len(lines)
