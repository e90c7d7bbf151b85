"""Rules of evidence for observations: each figure is stated, and stated where the row says it is.

They go beyond what a Table Schema can say: they compare columns with each other, and the sentence with the article.
"""

from __future__ import annotations

import polars as pl

from qzetl.dataset.contract import Contract
from qzetl.dataset.rule import Rule

__all__ = ["evidence_rules"]

_AREA_DIGITS = 6


def evidence_rules(contract: Contract, article_text: str | None) -> list[Rule]:
    """Return the rules; `article_text` names a column that holds the article's text, None where it is not at hand."""
    col = pl.col
    one, range_ = col("value").is_not_null(), col("value_low").is_not_null() & col("value_high").is_not_null()
    some = col("value_low").is_not_null() | col("value_high").is_not_null()
    at = col("start") - col("sentence_start")
    span = (col("start") >= 0) & (col("end") > col("start"))  # where it is no span, that is what the reject says
    stands = col("sentence").str.slice(at, (col("end") - col("start")).clip(0)) == col("quote")
    places = contract.codelists["areas"]["code"].implode()
    is_place = col("reference").str.len_bytes() == _AREA_DIGITS
    rules = [
        Rule("value-missing", "there is neither a value nor both ends of a range", ~one & ~range_),
        Rule("value-conflict", "there is a value and an end of a range as well", one & some),
        Rule("value-order", "value_low is above value_high", col("value_low") > col("value_high")),
        Rule("end-order", "the span ends before it begins", col("end") <= col("start")),
        Rule("quote-missing", "it does not stand at its span in the sentence", span & ((at < 0) | ~stands)),
        Rule("period-malformed", "it names days that no calendar has", _without_bounds("period")),
        Rule("reference-unknown", "it is no area of codelists/areas.csv", is_place & ~col("reference").is_in(places)),
    ]
    if article_text is not None:
        held = col(article_text).str.slice(col("sentence_start"), col("sentence").str.len_chars())
        reason = "the article's text does not hold it at sentence_start"
        rules.append(Rule("sentence-missing", reason, held.is_null() | (held != col("sentence"))))
    return rules


def _without_bounds(period: str) -> pl.Expr:
    start, end = pl.col(f"{period}_start"), pl.col(f"{period}_end")
    return pl.col(period).is_not_null() & (start.is_null() | end.is_null() | (start > end))
