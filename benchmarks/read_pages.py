"""How fast and how well pages are read: pages per second of CPU time, text F1, title, date, memory, beside others.

Trafilatura, readability-lxml, GNE, newspaper4k and Resiliparse are what a Python user would take to get articles out of
pages. They are optional and no dependency of the project: see benchmarks/README.md.

Each contestant runs in a process of its own, one after the other, over the same pages. Those that want text get it
decoded beforehand, outside the measured time; qzetl gets the bytes, and its decoding is measured. Text is scored by F1
over bigrams of tokens (a Chinese character or a word), the mean over pages; title and date are right where they are the
same but for punctuation, and counted where they are known.
"""

from __future__ import annotations

import argparse
import json
import re
import resource
import subprocess
import sys
import time
import unicodedata
import warnings
from collections import Counter
from collections.abc import Callable
from dataclasses import asdict, dataclass
from itertools import pairwise
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
MODULES = {
    "trafilatura": "trafilatura",
    "readability-lxml": "readability",
    "gne": "gne",
    "newspaper4k": "newspaper",
    "resiliparse": "resiliparse",
}
CJK = "\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
TOKEN = re.compile(rf"[{CJK}]|[^\W_{CJK}]+")
DATE = re.compile(r"((?:19|20)\d\d)\s*[-/年.]\s?(\d{1,2})\s*[-/月.]\s?(\d{1,2})")

# Text, title and date, None where a reader does not look for it.
Read = tuple[str | None, str | None, str | None]


@dataclass(frozen=True)
class Page:
    """One saved page: its address, its bytes, its text as a decoder gives it, and what is known of its article."""

    uri: str
    body: bytes
    html: str
    text: str
    title: str | None
    published: str | None


@dataclass(frozen=True)
class Measured:
    """One contestant's figures: seconds of CPU time for all pages, means of the scores, bytes of memory."""

    version: str
    pages: int
    seconds: float
    f1: float
    title: float
    date: float
    wrong_dates: int
    started_with: int
    peak: int


def main() -> int:
    """Measure every contestant that is installed; print the table."""
    options = _options()
    if options.measure:
        print(json.dumps(asdict(_measure(options.measure, _pages(options.pages), options.rounds))))
        return 0
    if not list(options.pages.glob("*.json")):
        print(f"{options.pages} has no NAME.html with NAME.json; give a folder of saved pages")
        return 1
    print(f"{'':<24}{'pages/s':>8}{'F1':>8}{'title':>8}{'date':>8}{'wrong':>7}{'memory, MB':>14}")
    missing = []
    for contestant in ("qzetl", *MODULES):
        python = sys.executable if contestant == "qzetl" else options.beside
        if contestant in MODULES and not _has(python, MODULES[contestant]):
            missing.append(contestant)
            continue
        command = [python, __file__, str(options.pages), "--measure", contestant, "--rounds", str(options.rounds)]
        said = subprocess.run(command, check=True, capture_output=True, text=True).stdout
        print(_row(contestant, Measured(**json.loads(said.splitlines()[-1]))))
    if missing:
        print(
            f"\nNot installed: {', '.join(missing)}. To measure them too:\n"
            "  python3 -m venv readers-venv && readers-venv/bin/pip install "
            f"lxml_html_clean jieba {' '.join(missing)}\n"
            f"  python {Path(__file__).name} --beside readers-venv/bin/python"
        )
    return 0


def _options() -> argparse.Namespace:
    shared, own = ROOT.parent / "shared" / "pages" / "zh", ROOT / "tests" / "pages"
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument(
        "pages",
        nargs="?",
        type=Path,
        default=shared if shared.is_dir() else own,
        metavar="FOLDER",
        help="NAME.html with NAME.json (uri, text, title, published); ../shared/pages/zh, else tests/pages",
    )
    parser.add_argument("--rounds", type=int, default=3, help="rounds, of which the best counts (3)")
    parser.add_argument("--beside", metavar="PYTHON", default=sys.executable, help="an interpreter with the others")
    parser.add_argument("--measure", choices=("qzetl", *MODULES), help=argparse.SUPPRESS)
    return parser.parse_args()


def _row(name: str, found: Measured) -> str:
    dated = f"{found.date:>8.3f}{found.wrong_dates:>7}" if found.date >= 0 else f"{'–':>8}{'–':>7}"
    memory = f"{found.started_with / 1e6:.0f} → {found.peak / 1e6:.0f}"
    rate = found.pages / found.seconds
    return f"{f'{name} {found.version}':<24}{rate:>8.0f}{found.f1:>8.3f}{found.title:>8.3f}{dated}{memory:>14}"


def _has(python: str, module: str) -> bool:
    found = f"import importlib.util, sys; sys.exit(importlib.util.find_spec({module!r}) is None)"
    try:
        return subprocess.run([python, "-c", found], check=False, capture_output=True).returncode == 0
    except OSError:
        return False


def _pages(folder: Path) -> list[Page]:
    pages = []
    for known in sorted(folder.glob("*.json")):
        facts = json.loads(known.read_text("utf-8"))
        text = facts["text"] if isinstance(facts["text"], str) else "\n".join(facts["text"])
        body = known.with_suffix(".html").read_bytes()
        uri = facts.get("uri", f"http://site.example/{known.stem}.html")
        pages.append(Page(uri, body, _decoded(body), text, facts.get("title"), facts.get("published")))
    return pages


def _decoded(body: bytes) -> str:
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError:
        return body.decode("big5hkscs" if b"big5" in body[:2000].lower() else "gb18030", "replace")


def _measure(contestant: str, pages: list[Page], rounds: int) -> Measured:
    """Run one contestant in this process; the first round, in which it loads what it needs, does not count."""
    read: dict[str, Callable[[], tuple[str, Callable[[Page], Read]]]] = {
        "qzetl": _qzetl,
        "trafilatura": _trafilatura,
        "readability-lxml": _readability,
        "gne": _gne,
        "newspaper4k": _newspaper,
        "resiliparse": _resiliparse,
    }
    version, reader = read[contestant]()
    started_with = _peak()
    found = [reader(page) for page in pages]
    best = float("inf")
    for _ in range(rounds):
        start = time.process_time()
        for page in pages:
            reader(page)
        best = min(best, time.process_time() - start)
    return _scored(version, pages, found, (best, started_with, _peak()))


def _scored(version: str, pages: list[Page], found: list[Read], cost: tuple[float, int, int]) -> Measured:
    texts = [_f1(page.text, text or "") for page, (text, _, _) in zip(pages, found, strict=True)]
    titles = [_key(page.title) == _key(title) for page, (_, title, _) in zip(pages, found, strict=True) if page.title]
    dated = [(_day(page.published), _day(day)) for page, (_, _, day) in zip(pages, found, strict=True)]
    dates = [(known, day) for known, day in dated if known]
    looks_for_dates = any(day is not None for *_, day in found)
    return Measured(
        version=version,
        pages=len(pages),
        seconds=cost[0],
        f1=sum(texts) / len(texts),
        title=sum(titles) / max(len(titles), 1),
        date=sum(known == day for known, day in dates) / max(len(dates), 1) if looks_for_dates else -1.0,
        wrong_dates=sum(day is not None and known != day for known, day in dates),
        started_with=cost[1],
        peak=cost[2],
    )


def _f1(known: str, found: str) -> float:
    one, other = _bigrams(known), _bigrams(found)
    same = (one & other).total()
    return 2 * same / (one.total() + other.total()) if same else 0.0


def _bigrams(text: str) -> Counter[tuple[str, ...]]:
    tokens = TOKEN.findall(unicodedata.normalize("NFKC", text).lower())
    return Counter(pairwise(tokens)) if len(tokens) > 1 else Counter((token,) for token in tokens)


def _key(text: str | None) -> str:
    return re.sub(r"[\W_]", "", unicodedata.normalize("NFKC", text or "").lower())


def _day(text: str | None) -> str | None:
    found = DATE.search(text or "")
    return f"{found[1]}-{int(found[2]):02}-{int(found[3]):02}" if found else None


def _peak() -> int:
    """The most memory this process has had, in bytes (Linux counts kilobytes)."""
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most if sys.platform == "darwin" else most * 1024


def _qzetl() -> tuple[str, Callable[[Page], Read]]:
    from qzetl import __version__
    from qzetl.errors import InputError
    from qzetl.read.decode import decode
    from qzetl.read.page import read_page

    def read(page: Page) -> Read:
        try:
            article = read_page(decode(page.body), page.uri)
        except InputError:
            return None, None, None
        return article.text, article.title, article.published

    return __version__, read


def _trafilatura() -> tuple[str, Callable[[Page], Read]]:
    import trafilatura

    def read(page: Page) -> Read:
        found = trafilatura.bare_extraction(page.html, url=page.uri, with_metadata=True, include_comments=False)
        return (found.text, found.title, found.date) if found else (None, None, None)

    return trafilatura.__version__, read


def _readability() -> tuple[str, Callable[[Page], Read]]:
    from importlib.metadata import version

    from lxml import html
    from readability import Document

    def read(page: Page) -> Read:
        document = Document(page.html)
        return html.fromstring(document.summary()).text_content(), document.short_title(), None

    return version("readability-lxml"), read


def _gne() -> tuple[str, Callable[[Page], Read]]:
    from importlib.metadata import version

    from gne import GeneralNewsExtractor
    from gne.exceptions import NoContentException

    extractor = GeneralNewsExtractor()

    def read(page: Page) -> Read:
        try:
            found = extractor.extract(page.html)
        except NoContentException:
            return None, None, None
        return found["content"], found["title"], found["publish_time"]

    return version("gne"), read


def _newspaper() -> tuple[str, Callable[[Page], Read]]:
    from importlib.metadata import version

    warnings.simplefilter("ignore")  # of the parts that it could do more with
    from newspaper import Article

    def read(page: Page) -> Read:
        article = Article(page.uri, language="zh", fetch_images=False)
        article.download(input_html=page.html)
        article.parse()
        return article.text, article.title, str(article.publish_date or "") or None

    return version("newspaper4k"), read


def _resiliparse() -> tuple[str, Callable[[Page], Read]]:
    from importlib.metadata import version

    from resiliparse.extract.html2text import extract_plain_text
    from resiliparse.parse.html import HTMLTree

    def read(page: Page) -> Read:
        tree = HTMLTree.parse(page.html)
        text = extract_plain_text(tree, main_content=True, alt_texts=False, links=False, comments=False)
        return text, tree.title, None

    return version("resiliparse"), read


if __name__ == "__main__":
    sys.exit(main())
