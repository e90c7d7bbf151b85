"""How heavy a release's site is and how quickly it answers: ``python benchmarks/site_views.py [OBSERVATIONS]``.

A release of that many observations (default 100,000) is made from invented articles, its site opened in Debian's
Chromium from a web server that compresses. Printed: CPU seconds of building site and cards, bytes over the wire until
the first view stands, and the browser's own times from navigation to content and from a key to the drawn answer.
"""

from __future__ import annotations

import gzip
import http.server
import statistics
import sys
import tempfile
import threading
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from itertools import islice, product
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING

import polars as pl

from qzetl.collect.capture import Capture
from qzetl.collect.publisher import Publisher
from qzetl.dataset.cards.written import write_cards
from qzetl.dataset.casting import cast_column
from qzetl.dataset.contract import Contract
from qzetl.dataset.draft import Draft
from qzetl.dataset.release import build_release
from qzetl.dataset.rows import Reading, article_rows, observation_rows, publisher_rows, text_rows
from qzetl.dataset.store import Store
from qzetl.extract.mention import Mention
from qzetl.read.article import Article
from qzetl.site.build import write_site

if TYPE_CHECKING:
    from playwright.sync_api import Page

__all__ = ["hostile_reading", "make_readings", "make_release", "serve"]

CHROMIUM = "/usr/bin/chromium"
PUBLISHERS = (
    Publisher("made-stats", "虚构统计局", kind="statistics", area="330800", rank=1, home="https://stats.example/"),
    Publisher("made-gov", "虚构市人民政府", kind="government", area="330800", rank=2, home="https://gov.example/"),
    Publisher("made-daily", "虚构日报", kind="press", area="330800", rank=3, licence="CC0-1.0"),
    Publisher("made-evening", "虚构晚报", kind="press", area="330800", rank=3),
)
_YEARS = range(2023, 2011, -1)
_PERIODS = (
    *(f"{year}" for year in _YEARS),
    *(f"{year}-{quarter}" for year in range(2019, 2025) for quarter in ("Q1", "S1")),
    *(f"{year}-01/{year}-09" for year in range(2019, 2024)),
)
_FIGURES = 12  # of an article: six indicators, each with its level and growth
_FEWEST_PLACES = 6
_DISAGREEING = 0.03
_SHARE_OF_COUNTY = 0.02  # a county has less than its city, or no release is made


def make_readings(count: int) -> list[Reading]:
    """Return readings of invented articles that state about `count` figures."""
    contract, chance = Contract.load(), Random(20240229)  # noqa: S311 - invented figures, the same each time
    areas = (
        contract.codelists["areas"].filter(level="prefecture").sort(pl.col("parent") != "330000", maintain_order=True)
    )
    counties = contract.codelists["areas"].filter(parent="330800").select("code", "name").rows()
    others = [area for area in areas.select("code", "name").rows() if area[0] != "330800"]
    places = [("330800", "衢州市"), *counties, *others]
    wanted = contract.codelists["indicators"].filter(kind="aggregate", unit="CNY").select("code", "name_zh").rows()
    articles = max(1, count // _FIGURES)
    few = max(_FEWEST_PLACES, -(-articles // (len(_PERIODS) * len(PUBLISHERS))))
    chosen = islice(product(_PERIODS, places[:few], PUBLISHERS), articles)
    return [_reading(number, *each, wanted, chance) for number, each in enumerate(chosen)]


def _reading(
    number: int,
    period: str,
    area: tuple[str, str],
    publisher: Publisher,
    wanted: list[tuple[str, str]],
    chance: Random,
) -> Reading:
    year = int(period[:4])
    day = date(year + 1, 1, 15) + timedelta(days=number % 40)
    text, mentions = "", []
    for code, name in (wanted[(number * 5 + step) % len(wanted)] for step in range(_FIGURES // 2)):
        base = 100 + (hash_of(area[0], code) % 900) + 40 * (year - 2012)
        share = 1 if area[0].endswith("00") else _SHARE_OF_COUNTY
        level = round(base * share * (1.02 if chance.random() < _DISAGREEING else 1), 2)
        growth = round(3 + hash_of(period, code) % 60 / 10, 1)
        sentence = f"据{publisher.name}消息，{period}{area[1]}{name}{level}亿元，同比增长{growth}%。"
        fields = {"area": area[0], "period": period, "indicator": code, "status": "actual", "confidence": "A"}
        mentions += [
            _mention(
                text, sentence, f"{level}亿元", fields | {"value": level * 1e8, "unit": "CNY", "measure": "LEVEL"}
            ),
            _mention(text, sentence, f"{growth}%", fields | {"value": growth, "unit": "PT", "measure": "GROWTH_YOY"}),
        ]
        text += sentence
    return _read(
        f"https://{publisher.id}.example/{number}.html",
        f"{area[1]}{period}经济运行（{number}）",
        text,
        mentions,
        publisher.id,
        day,
    )


def hash_of(*parts: str) -> int:
    """Return a number that depends on the words alone, the same in every process."""
    return sum(ord(letter) * (at + 7) for at, letter in enumerate("|".join(parts)))


def _mention(before: str, sentence: str, quote: str, fields: dict[str, object]) -> Mention:
    start = len(before) + sentence.index(quote)
    end = len(before) + len(sentence)
    span = {"start": start, "end": start + len(quote), "sentence_start": len(before), "sentence_end": end}
    return Mention(**({"quote": quote, "role": "quantity", "bound": "exact", "rule": "named"} | span | fields))  # type: ignore[arg-type]


def _read(uri: str, title: str, text: str, mentions: list[Mention], publisher: str, day: date) -> Reading:
    retrieved = datetime(2024, 3, 1, 2, 3, 4, tzinfo=UTC)
    capture = Capture(uri, publisher, day, retrieved, text.encode(), "text/html")
    return Reading(capture, Article(uri, title, text, published=day.isoformat(), layout="made"), None, mentions)


def hostile_reading() -> Reading:
    """Return an article whose headline, sentence and address would be code if anything took them for it."""
    sentence = '<img src=x onerror="alert(1)">😀全市"外贸"进出口额=1+1</script>达88.8亿元。'
    fields = {"area": "540000", "period": "2023", "indicator": "TRADE_TOTAL", "status": "actual", "confidence": "A"}
    told = fields | {"value": 8.88e9, "unit": "CNY", "measure": "LEVEL", "subject": "=1+1"}
    mention = _mention("", sentence, "88.8亿元", told)
    return _read(
        "javascript:alert(1)", "<script>alert(1)</script>", sentence, [mention], "made-daily", date(2024, 2, 29)
    )


def make_release(folder: Path, readings: list[Reading]) -> Path:
    """Make a release of `readings` under `folder`, with everything that a release has; return where it is."""
    contract = Contract.load()
    store = Store(folder / "store", contract)
    store.merge("publishers", publisher_rows(PUBLISHERS, contract))
    partitions = {(reading.capture.publisher, reading.capture.day) for reading in readings}
    for table, rows in (("articles", article_rows), ("texts", text_rows), ("observations", observation_rows)):
        schema = contract.table(table).schema
        frame = rows(readings, contract)
        typed = [cast_column(name, held, schema[name]).alias(name) for name, held in frame.schema.items()]
        store.replace_partitions(table, partitions, frame.with_columns(typed))
    return build_release(store, folder / "output", "made", (write_cards, _timed)).release.path


def _timed(draft: Draft) -> None:
    before = time.process_time()
    write_site(draft)
    print(f"site: {time.process_time() - before:.1f} s of CPU")


class _Compressing(http.server.SimpleHTTPRequestHandler):
    """Serves a folder as web hosts do: gzip for text."""

    def do_GET(self) -> None:
        path = Path(self.translate_path(self.path))
        path = path / "index.html" if path.is_dir() else path
        if not path.is_file():
            self.send_error(404)
            return
        body = gzip.compress(path.read_bytes(), 6)
        self.send_response(200)
        self.send_header("Content-Type", self.guess_type(path))
        self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)
        self.server.sent.append((self.path, len(body)))  # type: ignore[attr-defined]

    def log_message(self, *_: object) -> None:
        """Stay quiet."""


@contextmanager
def serve(folder: Path) -> Iterator[tuple[str, list[tuple[str, int]]]]:
    """Serve `folder` on loopback; yield its address, and the list of what was sent with its compressed bytes."""
    server = http.server.ThreadingHTTPServer(
        ("127.0.0.1", 0), lambda *given: _Compressing(*given, directory=str(folder))
    )
    server.sent = []  # type: ignore[attr-defined]
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}", server.sent  # type: ignore[attr-defined]
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


_ANSWER = """async ([id, text]) => {
  const input = document.getElementById(id);
  const before = performance.now();
  input.value = text;
  input.dispatchEvent(new Event("input", { bubbles: true }));
  await new Promise((done) => requestAnimationFrame(() => setTimeout(done, 0)));
  return performance.now() - before;
}"""


def measure(release: Path) -> None:
    """Print what the browser meets."""
    from playwright.sync_api import sync_playwright

    with serve(release) as (address, sent), sync_playwright() as play:
        browser = play.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        firsts = []
        for _ in range(5):
            sent.clear()
            page = browser.new_context(locale="zh-CN").new_page()
            page.goto(f"{address}/site/index.html")
            page.wait_for_selector("html[data-ready] .figure")
            firsts.append(page.evaluate("performance.now()"))
            wire = sum(size for _, size in sent)
        print(f"first view: {wire / 1000:.0f} kB compressed in {len(sent)} files, {_spread(firsts)} to its figures")
        page.goto(f"{address}/site/index.html#/indicator/GDP")
        page.wait_for_selector("#table-filter")
        rows = page.locator("[role=status]").first.text_content()
        print(f"indicator GDP: {sent[-1][1] / 1000:.0f} kB more; {rows}")
        print(f"filter a table: {_answers(page, 'table-filter', ('杭', '2023', '杭州', '日报', ''))}")
        page.evaluate(_ANSWER, ["search", "财"])
        page.wait_for_selector("main[data-page=search] .found")
        print(f"search: {_answers(page, 'search', ('财政', '宁波', '经济运行', '2023', 'GDP'))}")
        browser.close()


def _answers(page: Page, field: str, words: Iterable[str]) -> str:
    return _spread([page.evaluate(_ANSWER, [field, word]) for word in words])


def _spread(times: list[float]) -> str:
    return f"{min(times):.0f} / {statistics.median(times):.0f} / {max(times):.0f} ms (least, median, most)"


def main() -> None:
    """Make, open and measure."""
    count = int(sys.argv[1].replace(",", "")) if len(sys.argv) > 1 else 100_000
    with tempfile.TemporaryDirectory() as folder:
        release = make_release(Path(folder), [*make_readings(count), hostile_reading()])
        files = [path for path in (release / "site").rglob("*") if path.is_file()]
        print(f"site: {len(files)} files, {sum(path.stat().st_size for path in files) / 1e6:.1f} MB")
        measure(release)


if __name__ == "__main__":
    main()
