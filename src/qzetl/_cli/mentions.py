"""`qzetl extract`: from articles as JSON lines to every number in them, one JSON line a mention."""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated

from cyclopts import Parameter

from qzetl._cli.lines import read_documents
from qzetl._cli.terminal import say, write_json
from qzetl.errors import InputError, UsageError

__all__ = ["extract"]


def extract(file: Annotated[str, Parameter(metavar="FILE|-", allow_leading_hyphen=True)] = "-", /) -> int:
    """Write every mention of a number in the articles given, one JSON line each.

    Each line of the input is an object with the keys `doc` (any name) or `uri`, `text`, and where known `title`,
    `published` (YYYY-MM-DD…) and `area` (six digits); an area that is not given is told from the text.
    A line that is no such object is reported with its number; the others are done.

    Parameters
    ----------
    file:
        JSON lines of articles; `-` reads stdin.
    """
    from qzetl.extract import Lexicon
    from qzetl.extract import extract as find_mentions
    from qzetl.settings import schemas_dir

    if file.startswith("-") and file != "-":
        msg = f"qzetl extract has no option {file}; a file of that name is ./{file}"
        raise UsageError(msg)
    lexicon = Lexicon.load(schemas_dir() / "codelists")
    failed = False
    for document in read_documents(file, lexicon):
        if isinstance(document, InputError):
            say(f"qzetl: {document}")
            failed = True
            continue
        for mention in find_mentions(document, lexicon):
            write_json({"doc": document.doc, **asdict(mention)})
    return int(failed)
