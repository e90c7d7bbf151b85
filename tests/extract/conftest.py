"""What the tests of extraction share: the lexicon, one call, and sentences whose figures are marked ⟦like this⟧."""

import re
import sys
from collections.abc import Callable, Iterator
from datetime import date
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from hypothesis import settings

from qzetl.extract import Document, Lexicon, Mention, extract

settings.register_profile("no-times", deadline=None)  # a busy machine fails no property
settings.load_profile("no-times")
MARK = re.compile("⟦([^⟧]*)⟧")


@pytest.fixture(scope="session")
def lexicon(root: Path) -> Lexicon:
    return Lexicon.load(root / "schemas" / "codelists")


class Reader:
    """Extraction from one text; by default an article about Quzhou (330800) of 29 February 2024."""

    def __init__(self, lexicon: Lexicon) -> None:
        self.lexicon = lexicon

    def __call__(
        self,
        text: str,
        *,
        published: str | date | None = "2024-02-29",
        area: str | None = "330800",
        title: str | None = None,
    ) -> list[Mention]:
        day = date.fromisoformat(published) if isinstance(published, str) else published
        return extract(Document("a", text, title, day, area), self.lexicon)

    def quantities(self, text: str, **facts: Any) -> list[Mention]:
        return [m for m in self(text, **facts) if m.role == "quantity"]

    def marked(self, text: str, *, role: str = "quantity", **facts: Any) -> list[list[Mention]]:
        """The readings of each ⟦marked⟧ span, in order; a span that is no mention of `role` has none."""
        plain, spans = unmark(text)
        found = self(plain, **facts)
        return [[m for m in found if m.role == role and (m.start, m.end) == span] for span in spans]

    def fields(self, text: str, *names: str, **facts: Any) -> list[tuple[Any, ...] | Any]:
        """The named fields of each ⟦marked⟧ quantity, one reading each; the bare field where one is named."""
        rows = []
        for readings in self.marked(text, **facts):
            assert len(readings) == 1, f"{len(readings)} readings of one marked span in {text!r}"
            row = tuple(getattr(readings[0], name) for name in names)
            rows.append(row if len(row) > 1 else row[0])
        return rows


def unmark(text: str) -> tuple[str, list[tuple[int, int]]]:
    """The text without its marks, and the spans that were marked."""
    return MARK.sub(r"\1", text), list(_spans(text))


def _spans(text: str) -> Iterator[tuple[int, int]]:
    for n, match in enumerate(MARK.finditer(text)):
        start = match.start() - 2 * n
        yield start, start + len(match[1])


@pytest.fixture(scope="session")
def read(lexicon: Lexicon) -> Reader:
    return Reader(lexicon)


@pytest.fixture(scope="session")
def spans_of() -> Callable[[str], tuple[str, list[tuple[int, int]]]]:
    return unmark


@pytest.fixture(scope="session")
def scorer(root: Path) -> ModuleType:
    """The module tests/gold/score.py; tests are no package, so it is loaded by its path."""
    spec = spec_from_file_location("gold_score", root / "tests" / "gold" / "score.py")
    module = module_from_spec(spec)
    sys.modules[spec.name] = module  # its dataclasses look themselves up there
    spec.loader.exec_module(module)
    return module
