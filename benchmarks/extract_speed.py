"""How fast extraction is: characters per second of CPU time on one core, beside JioNLP on the same text.

All of extraction is measured: scanning, reading, binding, every field of every mention. JioNLP (on PyPI, Apache-2.0)
is what a Python user would take for Chinese amounts and times; it finds money and times and reads their values, and
binds nothing. It is optional and no dependency of the project: see benchmarks/README.md.

What is installed where this runs is measured, and told to be compiled or interpreted (`make wheel`).

Each contestant runs in a process of its own, one after the other, so that neither warms or fills the other's memory.
"""

from __future__ import annotations

import argparse
import json
import logging
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from datetime import date, datetime
from itertools import cycle
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
CONTESTANTS = ("qzetl", "qzetl-one-text", "jionlp")
NAMES = {
    "qzetl": "qzetl {version}, article by article",
    "qzetl-one-text": "qzetl {version}, all as one text",
    "jionlp": "JioNLP {version}, money and times",
}
MILLION = 1_000_000
NO_JIONLP = """JioNLP was not found, so there is no ratio. To measure it beside qzetl, install it anywhere:
  python3 -m venv jionlp-venv && jionlp-venv/bin/pip install jionlp
  python benchmarks/extract_speed.py --jionlp jionlp-venv/bin/python"""


@dataclass(frozen=True)
class Article:
    """A text and the facts that extraction resolves it against."""

    text: str
    title: str | None = None
    published: str | None = None
    area: str | None = None


@dataclass(frozen=True)
class Measured:
    """One contestant on one text: version or how it runs, CPU seconds of the best round, findings, memory in bytes."""

    version: str
    characters: int
    seconds: float
    found: int
    started_with: int
    peak: int

    @property
    def speed(self) -> float:
        """Characters per second of CPU time."""
        return self.characters / self.seconds


def main() -> int:
    """Measure every text given, or the project's own; print the table."""
    options = _options()
    if options.measure:
        print(json.dumps(asdict(_measure(options.measure, options.texts, options.characters, options.rounds))))
        return 0
    jionlp = options.jionlp or (sys.executable if _has_jionlp(sys.executable) else None)
    if jionlp and not _has_jionlp(jionlp):
        print(f"{jionlp} cannot import jionlp; install it there with: {jionlp} -m pip install jionlp")
        return 1
    for name, paths in _subjects(options.texts).items():
        _compare(name, paths, jionlp, options)
    if not jionlp:
        print(f"\n{NO_JIONLP}")
    return 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("texts", nargs="*", type=Path, metavar="TEXT", help="text files, articles as JSON, or folders")
    parser.add_argument("--characters", type=int, default=MILLION, help="repeat each text to so many (1000000)")
    parser.add_argument("--rounds", type=int, default=2, help="rounds, of which the best counts (2)")
    parser.add_argument("--jionlp", metavar="PYTHON", help="an interpreter that has jionlp, if this one has not")
    parser.add_argument("--measure", choices=CONTESTANTS, help=argparse.SUPPRESS)
    return parser.parse_args()


def _subjects(given: list[Path]) -> dict[str, list[Path]]:
    """The texts to measure: those given, else the annotated articles here and, where present, beside the checkout."""
    if given:
        return {path.name: [path] for path in given}
    beside = ROOT.parent / "shared" / "gold"
    subjects = {
        "annotated articles of the project (tests/gold)": ROOT / "tests" / "gold",
        "the Quzhou article": beside / "quzhou-2024-vanguard.text.json",
        "all annotated articles (../shared/gold)": beside,
    }
    return {name: [path] for name, path in subjects.items() if path.exists()}


def _compare(name: str, paths: list[Path], jionlp: str | None, options: argparse.Namespace) -> None:
    print(f"\n{name}")
    results: dict[str, Measured] = {}
    for contestant in CONTESTANTS if jionlp else CONTESTANTS[:2]:
        python = jionlp if contestant == "jionlp" and jionlp else sys.executable
        sizes = ["--characters", str(options.characters), "--rounds", str(options.rounds)]
        command = [python, __file__, "--measure", contestant, *sizes, *map(str, paths)]
        said = subprocess.run(command, check=True, capture_output=True, text=True).stdout
        results[contestant] = found = Measured(**json.loads(said.splitlines()[-1]))
        print(_row(NAMES[contestant].format(version=found.version), found))
    if jionlp:
        print(f"  qzetl reads {results['qzetl'].speed / results['jionlp'].speed:.1f} times as fast as JioNLP")


def _row(name: str, found: Measured) -> str:
    return (
        f"  {name:<38} {found.speed:>11,.0f} characters/s  {found.found:>8,} found in {found.characters:,}"
        f"  memory {found.started_with / 1e6:.0f} → {found.peak / 1e6:.0f} MB"
    )


def _has_jionlp(python: str) -> bool:
    found = "import importlib.util, sys; sys.exit(importlib.util.find_spec('jionlp') is None)"
    try:
        return subprocess.run([python, "-c", found], check=False, capture_output=True).returncode == 0
    except OSError:
        return False


def _measure(contestant: str, paths: list[Path], characters: int, rounds: int) -> Measured:
    """Run one contestant in this process; start-up (loading lexicons) is not part of the time."""
    articles = list(_repeated([a for path in paths for a in _articles(path)], characters))
    if contestant == "qzetl-one-text":
        first = articles[0]
        articles = [Article("\n".join(a.text for a in articles), first.title, first.published, first.area)]
    version, read = _jionlp() if contestant == "jionlp" else _qzetl()
    read(articles[0] if len(articles) > 1 else Article("2023年增长6.8%。"))  # warm up
    started_with = _peak()
    best = float("inf")
    for _ in range(rounds):
        start = time.process_time()
        found = sum(map(read, articles))
        best = min(best, time.process_time() - start)
    return Measured(version, sum(len(a.text) for a in articles), best, found, started_with, _peak())


def _articles(path: Path) -> Iterator[Article]:
    if path.is_dir():
        for each in sorted(path.glob("*.text.json")):
            yield from _articles(each)
    elif path.suffix == ".json":
        facts = json.loads(path.read_text("utf-8"))
        yield Article(facts["text"], facts.get("title"), facts.get("published"), facts.get("area"))
    else:
        yield Article(path.read_text("utf-8"))


def _repeated(articles: list[Article], characters: int) -> Iterator[Article]:
    """Yield whole articles, over and over, until there are as many characters."""
    done = 0
    for article in cycle(a for a in articles if a.text):
        yield article
        done += len(article.text)
        if done >= characters:
            return


def _qzetl() -> tuple[str, Callable[[Article], int]]:
    from qzetl.extract import Document, Lexicon, extract, is_compiled
    from qzetl.settings import schemas_dir

    lexicon = Lexicon.load(schemas_dir() / "codelists")

    def read(article: Article) -> int:
        published = date.fromisoformat(article.published[:10]) if article.published else None
        return len(extract(Document("", article.text, article.title, published, article.area), lexicon))

    return "compiled" if is_compiled() else "interpreted", read


def _jionlp() -> tuple[str, Callable[[Article], int]]:
    """JioNLP's money and times with their values; it logs a traceback a failed time, which is spared it here."""
    import jionlp

    logging.disable(logging.CRITICAL)

    def read(article: Article) -> int:
        base = datetime.fromisoformat(f"{(article.published or '2024-01-01')[:10]}T00:00:00+08:00").timestamp()
        money = jionlp.ner.extract_money(article.text, with_parsing=True)
        times = jionlp.ner.extract_time(article.text, time_base=base, with_parsing=True)
        return len(money) + len(times)

    return jionlp.__version__, read


def _peak() -> int:
    """Peak resident memory of this process so far, in bytes (Linux counts it in KiB, macOS in bytes)."""
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak if sys.platform == "darwin" else peak * 1024


if __name__ == "__main__":
    sys.exit(main())
