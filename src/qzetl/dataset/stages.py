"""Stages of a figure: what is given first is preliminary (初步核算), what is stood by later is final (最终核实).

Gross domestic product is published in these two steps (National Bureau of Statistics, since 2017), most other figures
in one. A figure's stage is what its sentence last says before it; most say nothing.
"""

from __future__ import annotations

import polars as pl

__all__ = ["FINAL", "stage"]

PRELIMINARY, FINAL = "preliminary", "final"

_PRELIMINARY_WORDS = ("初步核算", "初步核实", "初步统计", "初步测算", "初步数", "快报数")
_FINAL_WORDS = ("最终核实", "最终核算", "最终数", "修订后", "修订为", "核定为")
_ANY = "|".join((*_PRELIMINARY_WORDS, *_FINAL_WORDS))


def stage() -> pl.Expr:
    """Return the stage of observations (``preliminary``, ``final``) from `sentence`, `sentence_start` and `start`."""
    before = pl.col("sentence").str.slice(0, (pl.col("start") - pl.col("sentence_start")).clip(0))
    last = before.str.extract_all(_ANY).list.last()
    return (
        pl.when(last.is_in(_FINAL_WORDS)).then(pl.lit(FINAL)).when(last.is_not_null()).then(pl.lit(PRELIMINARY))
    ).alias("stage")
