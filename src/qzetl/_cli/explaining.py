"""`qzetl explain`: what extraction found in a sentence, what it bound each number to, and why."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from cyclopts import Parameter

from qzetl._cli.lines import read_documents
from qzetl._cli.terminal import say, write_json
from qzetl.errors import InputError, UsageError

if TYPE_CHECKING:
    from collections.abc import Callable

    from qzetl.extract import Document, Lexicon
    from qzetl.extract.explain import Explained, Explanation

    Show = Callable[[Document, list[Explanation]], None]

__all__ = ["explain"]

_LINES = ("", ".json", ".jsonl", ".ndjson")


def explain(
    file: Annotated[str, Parameter(metavar="FILE|-", allow_leading_hyphen=True)],
    /,
    *,
    at: Annotated[int | None, Parameter(metavar="OFFSET")] = None,
    json: Annotated[bool, Parameter(negative=())] = False,
) -> int:
    """Show each number's sentence with what was found in it, and what the number was bound to and why.

    On a terminal the kinds of things found are told apart by colour, elsewhere by marks.

    Parameters
    ----------
    file:
        An article (.html, .txt, .md, read as `qzetl read` does), or JSON lines as for `qzetl extract`; `-` reads
        such lines from stdin.
    at:
        Explain only the quantity at this offset, in code points of the article's text as `qzetl extract` counts them.
    json:
        Write one JSON object a quantity.
    """
    from qzetl.extract import Lexicon
    from qzetl.extract.explain import explain as explain_document
    from qzetl.settings import schemas_dir

    _check(file, at)
    lexicon = Lexicon.load(schemas_dir() / "codelists")
    show = _as_json if json else _as_text(schemas_dir() / "codelists", lexicon)
    failed = False
    for document in _documents(file, lexicon):
        if isinstance(document, InputError):
            say(f"qzetl: {document}")
            failed = True
        else:
            explanations = explain_document(document, lexicon, at)
            if at is None or explanations:
                show(document, explanations)
            else:
                say(f"qzetl: {document.doc}: {_no_quantity(document, lexicon, at)}")
                failed = True
    return int(failed)


def _no_quantity(document: Document, lexicon: Lexicon, at: int) -> str:
    """Say what stands at an offset where no quantity does."""
    from qzetl.extract import extract

    there = next((m for m in extract(document, lexicon) if m.start <= at < m.end), None)
    if there is None:
        size = len(document.text)
        return f"no number stands at offset {at} (the text has {size}); qzetl explain without --at shows where they do"
    what = {"time": "a time", "name": "part of a name", "idiom": "an idiom"}.get(
        there.role, "a number that states nothing"
    )
    meaning = f" ({there.period})" if there.period else ""
    return f"{there.quote} at {there.start}–{there.end} was read as {what}{meaning}, so it is no quantity to explain"


def _check(file: str, at: int | None) -> None:
    if file.startswith("-") and file != "-":
        msg = f"qzetl explain has no option {file}; a file of that name is ./{file}"
        raise UsageError(msg)
    if at is not None and at < 0:
        msg = f"--at is {at}, but offsets count from 0"
        raise UsageError(msg)


def _documents(file: str, lexicon: Lexicon) -> Iterator[Document | InputError]:
    """Yield the articles in `file`, or why there is none."""
    path = Path(file)
    if file == "-" or (path.suffix.lower() in _LINES and not path.is_dir()):
        yield from read_documents(file, lexicon)
    else:
        yield from _articles(path, lexicon)


def _articles(path: Path, lexicon: Lexicon) -> Iterator[Document | InputError]:
    """Read pages and texts as the pipeline does: the same dates, the same area."""
    from qzetl.collect.capture import Capture
    from qzetl.collect.files import find_inputs
    from qzetl.collect.publisher import load_publishers
    from qzetl.pipeline import document_of, read
    from qzetl.settings import Settings

    publishers = load_publishers(Settings.load().publishers)
    for found in find_inputs([path], datetime.now(UTC), publishers):
        if isinstance(found, Capture):
            articles, problems, _ = read([found])
            yield from (document_of(capture, article, publishers, lexicon) for capture, article in articles)
            refused = (each for each in problems if not articles)  # a first page alone is explained all the same
            yield from (InputError(each.outcome, f"{each.outcome}: {each.message}") for each in refused)
        elif not found.ok:
            yield InputError(found.outcome, f"{found.outcome}: {found.message}")


def _as_text(codelists: Path, lexicon: Lexicon) -> Show:
    from qzetl._cli.explained import Page

    return Page.of(codelists, lexicon).show


def _as_json(document: Document, explanations: list[Explanation]) -> None:
    """Write a line for each quantity: its mention as `qzetl extract` gives it, names, reasons, sentence, findings."""
    for sentence in explanations:
        found = [asdict(each) for each in sentence.found]
        for each in sentence.quantities:
            write_json({"doc": document.doc, **_fields(each), "sentence": sentence.sentence, "found": found})


def _fields(each: Explained) -> dict[str, object]:
    names = {
        "indicator": each.indicator_name,
        "area": each.area_name,
        "scope": each.scope_name,
        "reference": each.reference_name,
    }
    written = {
        "period": each.period_at,
        "area": each.area_at,
        "scope": each.scope_at,
        "reference": each.reference_at,
    }
    return {
        **asdict(each.mention),
        "names": names,
        "written": {key: asdict(found) if found else None for key, found in written.items()},
        "why": [asdict(reason) for reason in each.reasons],
    }
