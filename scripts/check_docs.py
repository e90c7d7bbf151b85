"""Check what the documentation promises: every command and option is named, every link leads somewhere.

Prints one line for each fault, naming file and thing; exits with 1 where there is one. `make check` runs it.
"""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote

from cyclopts import App

from qzetl.cli import app

ROOT = Path(__file__).resolve().parent.parent
CLI_PAGE = Path("docs/cli.md")

_LINK = re.compile(r"\]\((?!https?:|mailto:)([^)\s]*)\)")
_FENCE = re.compile(r"^```.*?^```", re.MULTILINE | re.DOTALL)
_HEADING = re.compile(r"^#{1,6}\s+(.*)$", re.MULTILINE)
# Paths that exist on one machine only; a home folder's owner is spelled out, so that ~/ and /home stay sayable.
_MACHINE = re.compile(r"(?<![\w.~])/(?:root|work|tmp|farm|home/[a-z]+)/")


def pages() -> list[Path]:
    """Return the Markdown files under version control, relative to the root."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard", "*.md"],
        cwd=ROOT,
        check=True,
        capture_output=True,
        text=True,
    )
    return sorted(Path(name) for name in listed.stdout.split("\0") if name and (ROOT / name).is_file())


def unnamed_in(page: str, group: App = app, called: str = "qzetl") -> Iterator[str]:
    """Yield every command and option of the command line, or of one group of commands, that `page` does not name."""
    for command in group:
        if command.startswith("-"):
            continue
        name = f"{called} {command}"
        if f"`{name}" not in page and f"# {name}" not in page:
            yield name
        if any(not each.startswith("-") for each in group[command]):
            yield from unnamed_in(page, group[command], name)
            continue
        for argument in group[command].assemble_argument_collection():
            yield from (f"{name} {each}" for each in argument.names if each.startswith("--") and f"`{each}" not in page)


def broken_links(page: Path, text: str) -> Iterator[str]:
    """Yield the targets of relative links that name no file, or no heading of it."""
    for target in _LINK.findall(_FENCE.sub("", text)):
        path, _, anchor = unquote(target).partition("#")
        file = ROOT / page.parent / path if path else ROOT / page
        if not file.exists() or (anchor and file.suffix == ".md" and anchor not in anchors(file.read_text("utf-8"))):
            yield target


def anchors(text: str) -> set[str]:
    """Return the anchors that a forge makes of the headings: lower case, spaces to hyphens, punctuation dropped."""
    plain = (re.sub(r"[^\w\- ]", "", heading.lower()) for heading in _HEADING.findall(_FENCE.sub("", text)))
    return {heading.strip().replace(" ", "-") for heading in plain}


def faults() -> Iterator[str]:
    """Yield every fault as one line."""
    yield from (f"{CLI_PAGE}: does not name {name}" for name in unnamed_in((ROOT / CLI_PAGE).read_text("utf-8")))
    for page in pages():
        text = (ROOT / page).read_text("utf-8")
        yield from (f"{page}: link to {target} leads nowhere" for target in broken_links(page, text))
        yield from (f"{page}: names a path of one machine: {found}" for found in _MACHINE.findall(text))


def main() -> int:
    """Print the faults; return the exit code."""
    found = list(faults())
    for fault in found:
        print(fault)
    print(f"docs: {len(found)} faults" if found else "docs: every command is named, every link resolves")
    return int(bool(found))


if __name__ == "__main__":
    sys.exit(main())
