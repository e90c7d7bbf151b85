"""A narrowed pattern matches what the whole one does, at every letter, with fewer groups to try."""

import re
import shutil

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qzetl.errors import SchemaError
from qzetl.extract import Lexicon
from qzetl.extract.narrowing import Narrowed, first_letters, narrowed

PATTERNS = (
    r"(?P<year>(?:19|20)\d\d)年|(?P<this>今年|去年)|第(?P<no>[一二三])季度",
    r"(?:今年)?(?P<month>1[0-2]|[1-9])月|(?<=截至)目前|(?P<now>目前|眼下)",
    r"(?=\d{1,4}+年|[一二]月)(?:(?P<a>\d{4}年)|(?P<b>[一二]月))",
    r"(?!今年以来)(?:(?P<a>今年)|(?P<b>去年))(?:以来)?",
    r"(?P<a>去)?(?P<b>年|月)|[^一二]三",
    r"(?P<a>[\-\]一-三])(?(a)年|月)|\.\d|\u4eca",
    r"a*|(?P<b>b)",
    r"(?:一|(?:二|三)年){1,2}|(?:\x20|\n)月",
)
LETTERS = "一二三今去年月第季度目前眼下截至以来0129. -]\nab"


@pytest.mark.parametrize("pattern", PATTERNS)
@given(text=st.text(LETTERS, max_size=12))
def test_matches_what_the_whole_pattern_matches(pattern, text) -> None:
    whole, narrow = re.compile(pattern), Narrowed(pattern, "0123456789")
    for at in range(len(text)):
        expected, found = whole.match(text, at), narrow.at(text[at])[0].match(text, at)

        assert (found is None) == (expected is None)
        if expected and found:
            assert found.span() == expected.span()
            assert _said(found) == _said(expected)


@given(
    text=st.text(
        "0123456789零一二两三四五六七八九十年月日至到—、前上下半季度今去本当第周末底初五国庆春节“”十号个天以来截",
        max_size=16,
    )
)
def test_time_words_are_those_of_the_whole_pattern(lexicon, whole_time, text) -> None:
    for at in range(len(text)):
        expected, found = whole_time.match(text, at), lexicon.time.at(text[at])[0].match(text, at)

        assert (found and (found.span(), _said(found))) == (expected and (expected.span(), _said(expected)))


def test_leaves_out_what_begins_with_another_letter() -> None:
    assert narrowed("(?P<a>今年)|(?P<b>去年)|明年", frozenset("去")) == "(?P<b>去年)"


def test_narrows_the_group_that_must_begin_an_alternative() -> None:
    assert narrowed("(?<!不)(?:今|去|(?P<x>明|后))年", frozenset("后")) == "(?<!不)(?:(?P<x>后))年"


def test_nothing_left_matches_nothing() -> None:
    assert Narrowed("今年|去年").at("明")[0].match("明年") is None


def test_letters_named_together_share_one_pattern() -> None:
    narrow = Narrowed(r"(?P<n>\d+)年|今年", "0123456789")

    assert narrow.at("1") is narrow.at("9")
    assert narrow.at("1")[1] == ("n",)


@pytest.mark.parametrize(
    ("pattern", "letters"),
    [
        ("今|去年", "今去"),
        ("(?:今|去)?年", "今去年"),
        (r"[a-c\d]月", "abc0123456789"),
        (r"(?<=第)(?P<x>\.|\u4eca)5", ".今"),
    ],
    ids=["alternatives", "optional", "range", "escapes"],
)
def test_first_letters(pattern, letters) -> None:
    assert first_letters(pattern) == set(letters)


@pytest.mark.parametrize("pattern", ["年*", "[^年]", "(?(a)年|月)", ".年", r"\w年", r"[\u4e00-\u9fff]年", "年|"])
def test_unknown_first_letters_are_none(pattern) -> None:
    assert first_letters(pattern) is None


def _said(match: re.Match[str]) -> dict[str, str]:
    return {name: text for name, text in match.groupdict().items() if text is not None}


@pytest.fixture(scope="module")
def whole_time(lexicon):
    return re.compile(lexicon.time.pattern)


def test_name_that_may_begin_with_any_letter_is_refused(root, tmp_path) -> None:
    folder = shutil.copytree(root / "schemas" / "codelists", tmp_path / "codelists")
    with (folder / "number_names.csv").open("a", encoding="utf-8") as file:
        file.write(".五,name,anything\n")

    with pytest.raises(SchemaError, match="begin it with known ones"):
        Lexicon.load(folder)
