"""Write what is generated from schemas/ into the documentation: docs/data-dictionary.md and the README's tables.

With ``--check`` nothing is written; the exit code is 1 where a page differs from what would be. `make check` runs it.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from pathlib import Path

from qzetl.dataset.contract import Contract, Field, Table

ROOT = Path(__file__).resolve().parent.parent
DICTIONARY = ROOT / "docs/data-dictionary.md"
README = ROOT / "README.md"

_MARKED = re.compile(r"(<!-- tables:[^>]*-->\n).*?(<!-- end of tables -->\n)", re.DOTALL)
_HEAD = """# Data dictionary

Every table and column of a release, generated from `schemas/` by `scripts/data_dictionary.py`; version {version} of the
contract. Its versions follow the Data Package recipe: a change that breaks readers makes a new major version and a line
in the [changelog](../CHANGELOG.md); `qzetl schema diff` tells [which kind a change is](cli.md#qzetl-schema-diff).
"""
_PLACES = {
    "public": "Every release, as Parquet and CSV.",
    "release": "Every release, about itself, as Parquet and CSV.",
    "codelist": "Every release, under `codelists/`.",
}


def dictionary(contract: Contract) -> str:
    """Return the data dictionary as Markdown."""
    told = [*contract.public, contract.table("changes"), *contract.coded]
    return "\n".join([_HEAD.format(version=contract.version), *(line for table in told for line in _table(table))])


def readme(contract: Contract, page: str) -> str:
    """Return the README with its table of tables made anew."""
    rows = [f"| `{table.name}` | {table.description} |" for table in [*contract.public, contract.table("changes")]]
    lines = ["| table | a row is |", "|---|---|", *rows]
    return _MARKED.sub(lambda found: found[1] + "\n".join(lines) + "\n" + found[2], page)


def _table(table: Table) -> Iterator[str]:
    yield f"## {table.name}\n\n{table.title}. {table.description} {_PLACES[table.role]}\n"
    yield f"Key: {', '.join(f'`{name}`' for name in table.primary_key)}.\n"
    yield "| column | type | unit | SDMX concept | meaning | values |\n|---|---|---|---|---|---|"
    references = {key.field: f"of `{key.table}`" for key in table.foreign_keys}
    for field in table.fields:
        values = ", ".join(_values(field, references.get(field.name)))
        cells = (f"`{field.name}`", field.type, field.unit or "", f"`{field.concept}`", field.description, values)
        yield "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"
    yield ""


def _values(field: Field, reference: str | None) -> Iterator[str]:
    """Say what a column's values must satisfy."""
    if field.required:
        yield "required"
    if field.enum:
        yield "one of " + " ".join(f"`{each}`" for each in field.enum)
    if reference:
        yield reference
    if field.minimum is not None:
        yield f"≥ {field.minimum:g}"
    if field.maximum is not None:
        yield f"≤ {field.maximum:g}"


def main() -> int:
    """Write the pages, or compare them; return the exit code."""
    contract = Contract.load()
    pages = {DICTIONARY: dictionary(contract), README: readme(contract, README.read_text("utf-8"))}
    old = [path for path, page in pages.items() if not path.exists() or path.read_text("utf-8") != page]
    if "--check" not in sys.argv[1:]:
        for path in old:
            path.write_text(pages[path], "utf-8")
        return 0
    for path in old:
        print(f"{path.relative_to(ROOT)} is not as schemas/ has it; run: .venv/bin/python scripts/data_dictionary.py")
    return int(bool(old))


if __name__ == "__main__":
    sys.exit(main())
