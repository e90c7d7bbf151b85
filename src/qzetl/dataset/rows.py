"""From readings to rows: what the rooms to the left yield, in the columns of the contract.

Rows are unchecked here; `validate` decides which stand. Nothing is looked up and no clock is read: the same readings
give the same rows and ids.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from operator import attrgetter
from typing import Any
from zoneinfo import ZoneInfo

import polars as pl

from qzetl.collect.capture import Capture
from qzetl.collect.publisher import Publisher
from qzetl.dataset.contract import Contract
from qzetl.dataset.ids import content_id, text_digest
from qzetl.dataset.period import period_bounds
from qzetl.dataset.sketch import sketch
from qzetl.extract.mention import Mention
from qzetl.read.article import Article

__all__ = ["Reading", "article_rows", "first_readings", "observation_rows", "publisher_rows", "text_rows"]

_SHANGHAI = ZoneInfo("Asia/Shanghai")

# What the page says of its date is kept as text until `validate` has made days of it: a date that is none is rejected
# by a named rule instead of becoming null here.
_UNREAD = {"published": pl.String(), "published_at": pl.String()}


@dataclass(frozen=True, slots=True)
class Reading:
    """One capture, the article read from it, the article's own area (GB/T 2260) and the numbers found in it."""

    capture: Capture
    article: Article
    area: str | None
    mentions: Sequence[Mention]

    @property
    def article_id(self) -> str:
        """Id of the article: the same publisher, address and text are the same article, however often captured."""
        return content_id(self.capture.publisher, self.capture.uri, self.article.text)


def first_readings(readings: Iterable[Reading]) -> list[Reading]:
    """Return each article once, as first retrieved, in the order of addresses and times.

    A page whose furniture changed but whose text did not is the same article; later captures of it add nothing.
    """
    found: dict[str, Reading] = {}
    for reading in sorted(readings, key=_order):
        found.setdefault(reading.article_id, reading)
    return list(found.values())


def _order(reading: Reading) -> tuple[str, datetime, str, int]:
    position = reading.capture.position
    return (
        reading.capture.uri,
        reading.capture.retrieved,
        position.file if position else "",
        position.offset if position else 0,
    )


def article_rows(readings: Iterable[Reading], contract: Contract) -> pl.DataFrame:
    """Return the unchecked rows of `articles`, one for each distinct article."""
    rows = []
    for reading in first_readings(readings):
        capture, article = reading.capture, reading.article
        published, published_at = _published(article.published)
        rows.append(
            {
                "article_id": reading.article_id,
                "publisher": capture.publisher,
                "uri": _text(capture.uri),
                "day": capture.day,
                "published": published,
                "published_at": published_at,
                "retrieved": capture.retrieved.astimezone(UTC).replace(microsecond=0),
                "title": _text(article.title),
                "byline": _text(article.byline),
                "source": _text(article.source),
                "area": reading.area,
                "text_sha256": text_digest(article.text),
                "text_length": len(article.text),
                "layout": _text(article.layout),
                "digest": capture.digest,
            }
        )
    return _frame(rows, "articles", contract)


def text_rows(readings: Iterable[Reading], contract: Contract) -> pl.DataFrame:
    """Return the unchecked rows of the internal table `texts`, one for each distinct article."""
    rows = [
        {
            "article_id": reading.article_id,
            "publisher": reading.capture.publisher,
            "day": reading.capture.day,
            "text": _text(reading.article.text),
            "captions": _text(json.dumps(reading.article.captions, ensure_ascii=False)),
            "sketch": sketch(reading.article.text),
        }
        for reading in first_readings(readings)
    ]
    return _frame(rows, "texts", contract)


def observation_rows(readings: Iterable[Reading], contract: Contract) -> pl.DataFrame:
    """Return the unchecked rows of `observations`: the mentions of role quantity of each distinct article."""
    rows: list[dict[str, Any]] = []
    for reading in first_readings(readings):
        capture, text, article_id = reading.capture, reading.article.text, reading.article_id
        common = {
            "article_id": article_id,
            "publisher": capture.publisher,
            "uri": _text(capture.uri),
            "day": capture.day,
            "published": _published(reading.article.published)[0],
        }
        ordinals: dict[tuple[int, int], int] = {}
        quantities = (mention for mention in reading.mentions if mention.role == "quantity")
        for mention in sorted(quantities, key=attrgetter("start", "end")):
            span = (mention.start, mention.end)
            ordinals[span] = ordinals.get(span, -1) + 1
            observation_id = content_id(article_id, *span, ordinals[span])
            rows.append({"observation_id": observation_id} | common | _observed(mention, text))
    return _frame(rows, "observations", contract)


def publisher_rows(publishers: Iterable[Publisher], contract: Contract) -> pl.DataFrame:
    """Return the unchecked rows of `publishers`."""
    rows = [
        {
            "id": publisher.id,
            "name": publisher.name,
            "kind": publisher.kind or None,
            "area": publisher.area,
            "rank": publisher.rank,
            "licence": publisher.licence or None,
            "home": publisher.home or None,
        }
        for publisher in publishers
    ]
    return _frame(rows, "publishers", contract)


def _observed(mention: Mention, text: str) -> dict[str, Any]:
    bounds = period_bounds(mention.period) if mention.period else None
    return {
        "indicator": mention.indicator,
        "subject": _text(mention.subject),
        "measure": mention.measure,
        "area": mention.area,
        "period": mention.period,
        "period_start": bounds[0] if bounds else None,
        "period_end": bounds[1] if bounds else None,
        "status": mention.status,
        "value": mention.value,
        "value_low": mention.value_low,
        "value_high": mention.value_high,
        "bound": mention.bound,
        "unit": mention.unit,
        "scope": mention.scope,
        "reference": mention.reference,
        "quote": _text(mention.quote),
        "start": mention.start,
        "end": mention.end,
        "sentence": _text(text[mention.sentence_start : mention.sentence_end]),
        "sentence_start": mention.sentence_start,
        "confidence": mention.confidence,
        "rule": mention.rule,
    }


def _frame(rows: list[dict[str, Any]], table: str, contract: Contract) -> pl.DataFrame:
    schema = contract.table(table).schema
    unread = {name: dtype for name, dtype in _UNREAD.items() if name in schema}
    return pl.DataFrame(rows, schema={**schema, **unread}, strict=True)


def _text(text: str | None) -> str | None:
    """Return None for no text; half a surrogate pair, which no encoding can store, becomes ``?`` (one for one)."""
    return text.encode("utf-8", "replace").decode("utf-8") if text else None


def _published(text: str | None) -> tuple[str | None, str | None]:
    """Return the day in Asia/Shanghai and, where a time is stated, the moment in UTC; what is no date stays as it is.

    A time without a zone is taken as Asia/Shanghai, as such sites mean it.
    """
    if not text:
        return None, None
    try:
        if len(text) == len("2024-02-29"):
            return date.fromisoformat(text).isoformat(), None
        moment = datetime.fromisoformat(text)
        local = moment.astimezone(_SHANGHAI) if moment.tzinfo else moment.replace(tzinfo=_SHANGHAI)
        return local.date().isoformat(), local.astimezone(UTC).replace(microsecond=0).isoformat()
    except (ValueError, OverflowError):
        return _text(text), None
