"""A rule of the contract: a name, what it means to break it, and an expression that finds the rows that do."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import polars as pl

__all__ = ["Rule", "merge_rules"]


@dataclass(frozen=True, slots=True)
class Rule:
    """`broken` is true (never false for null) where a row breaks the rule; `reason` is what `rejects` says of it."""

    name: str
    reason: str
    broken: pl.Expr


def merge_rules(rules: Iterable[Rule]) -> list[Rule]:
    """Return the rules with those of one name made one, for a quote can be missing in two ways; the order stays."""
    merged: dict[str, Rule] = {}
    for rule in rules:
        other = merged.get(rule.name)
        broken = rule.broken.fill_null(value=False)
        if other is None:
            merged[rule.name] = Rule(rule.name, rule.reason, broken)
        else:
            merged[rule.name] = Rule(rule.name, f"{other.reason}, or {rule.reason}", other.broken | broken)
    return list(merged.values())
