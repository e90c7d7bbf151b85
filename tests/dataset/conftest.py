"""What the dataset's tests share: the real contract, publishers, and readings of short articles written for them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from qzetl.collect.capture import Capture, Position
from qzetl.collect.publisher import Publisher
from qzetl.dataset.assembly import derive_tables
from qzetl.dataset.contract import Contract
from qzetl.dataset.rows import Reading, article_rows, observation_rows, publisher_rows, text_rows
from qzetl.dataset.store import Store
from qzetl.dataset.validate import validate
from qzetl.extract.mention import Mention
from qzetl.read.article import Article

PUBLISHERS = [
    Publisher("stats", "统计局", kind="statistics", area="330800", rank=1, home="https://stats.example/"),
    Publisher("gov", "市政府", kind="government", area="330800", rank=2),
    Publisher("daily", "日报", kind="press", area="330800", rank=3),
    Publisher("evening", "晚报", kind="press", area="330800", rank=3),
]
FIGURE: dict[str, Any] = {
    "bound": "exact",
    "unit": "PT",
    "measure": "GROWTH_YOY",
    "indicator": "GDP",
    "area": "330800",
    "period": "2023",
    "status": "actual",
}


@pytest.fixture(scope="session")
def contract() -> Contract:
    return Contract.load()


@pytest.fixture(scope="session")
def publishers(contract: Contract) -> pl.DataFrame:
    return publisher_rows(PUBLISHERS, contract)


def _mention(text: str, quote: str, fields: dict[str, Any]) -> Mention:
    start = text.index(quote)
    first = max(text.rfind(mark, 0, start) for mark in "。\n") + 1
    last = min(found for mark in "。\n" if (found := (text + "\n").find(mark, start)) >= 0)
    span = {
        "start": start,
        "end": start + len(quote),
        "sentence_start": first,
        "sentence_end": min(last + 1, len(text)),
    }
    return Mention(**({"quote": quote, "role": "quantity"} | span | FIGURE | fields))


@pytest.fixture(scope="session")
def read() -> Callable[..., Reading]:
    """Make a reading of `text`; each figure is the words of the text, and fields where not those of `FIGURE`."""

    def make(
        text: str = "2023年全市生产总值增长6.8%。",
        *figures: tuple[str, dict[str, Any]],
        publisher: str = "gov",
        uri: str | None = None,
        published: str | None = "2024-01-20",
        retrieved: datetime = datetime(2024, 3, 1, 2, 3, 4, tzinfo=UTC),
        body: bytes = b"<html>",
    ) -> Reading:
        day = date.fromisoformat(published[:10]) if published else date(2024, 1, 1)
        uri = uri or f"https://{publisher}.example/{day}.html"
        capture = Capture(uri, publisher, day, retrieved, body, "text/html", position=Position("a.warc.gz", 17))
        article = Article(uri, "标题", text, published=published, layout="test")
        return Reading(capture, article, "330800", [_mention(text, quote, fields) for quote, fields in figures])

    return make


@pytest.fixture(scope="session")
def gdp(read: Callable[..., Reading]) -> Callable[..., Reading]:
    """Make a reading of an article of its own that states one value for the growth of the city's GDP in 2023."""

    def make(value: float, publisher: str, published: str, **more: Any) -> Reading:
        fields = more.pop("fields", {})
        text = more.pop("text", f"{publisher}{published}报道,2023年全市生产总值增长{value}%。")
        return read(text, (f"{value}%", {"value": value} | fields), publisher=publisher, published=published, **more)

    return make


def _checked(readings: Sequence[Reading], contract: Contract, publishers: pl.DataFrame) -> dict[str, pl.DataFrame]:
    related = {"publishers": publishers}
    for table, rows in (("articles", article_rows), ("texts", text_rows), ("observations", observation_rows)):
        checked = validate(table, rows(readings, contract), contract, related)
        assert checked.rejects.is_empty(), checked.rejects.to_dicts()
        related[table] = checked.valid
    return related


@pytest.fixture(scope="session")
def check(contract: Contract, publishers: pl.DataFrame) -> Callable[[Iterable[Reading]], dict[str, pl.DataFrame]]:
    """Return the valid frames of readings by table; a reject fails the test."""
    return lambda readings: _checked(list(readings), contract, publishers)


@pytest.fixture
def store(tmp_path: Path, contract: Contract) -> Store:
    return Store(tmp_path / "store", contract)


@pytest.fixture
def fill(contract: Contract, publishers: pl.DataFrame) -> Callable[[Store, Sequence[Reading]], None]:
    """Put readings into a store, as a run does, and derive what follows."""

    def put(store: Store, readings: Sequence[Reading]) -> None:
        frames = _checked(readings, contract, publishers)
        store.merge("publishers", frames.pop("publishers"))
        partitions = {(reading.capture.publisher, reading.capture.day) for reading in readings}
        for table, frame in frames.items():
            store.replace_partitions(table, partitions, frame)
        derive_tables(store)

    return put


@pytest.fixture
def output(tmp_path: Path) -> Path:
    return tmp_path / "output"


@pytest.fixture
def filled(store: Store, fill: Callable[..., None], gdp: Callable[..., Reading]) -> Store:
    fill(
        store,
        [
            gdp(6.8, "gov", "2024-01-20", text='全市"生产总值",\r增长6.8%。\n另起一行', fields={"subject": "=1+1"}),
            gdp(6.7, "daily", "2024-01-21T08:30:00+08:00"),
            gdp(33390000000.0, "evening", "2024-01-22", fields={"unit": "CNY", "measure": "LEVEL"}),
        ],
    )
    return store


@pytest.fixture(scope="session")
def contents() -> Callable[[Path], dict[str, bytes]]:
    """Return a folder's files by path within it."""

    def read_all(folder: Path) -> dict[str, bytes]:
        return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}

    return read_all
