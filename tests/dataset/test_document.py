"""docs/methodology.md says what the code does: every reason, state, rule, key column and basis is in it."""

from pathlib import Path

import polars as pl
import pytest

from qzetl.dataset.choice import REASONS
from qzetl.dataset.contract import Contract
from qzetl.dataset.evidence import evidence_rules
from qzetl.dataset.statements import KEY


@pytest.fixture(scope="module")
def methodology(root: Path) -> str:
    return (root / "docs" / "methodology.md").read_text("utf-8")


def test_every_reason_for_losing_is_explained_in_order(methodology: str) -> None:
    found = [methodology.index(f"| `{reason}` |") for reason in REASONS]
    assert found == sorted(found)


def test_every_state_of_coverage_is_explained(methodology: str, contract: Contract) -> None:
    (states,) = (field.enum for field in contract.table("coverage").fields if field.name == "state")
    assert all(f"| `{state}` |" in methodology for state in states or ())


def test_every_rule_of_evidence_is_explained(methodology: str, contract: Contract) -> None:
    for rule in evidence_rules(contract, "text"):
        column, _, kind = rule.name.rpartition("-")
        assert f"| `{rule.name}` |" in methodology or (column and f"| `<column>-{kind}` |" in methodology), rule.name


def test_the_key_is_that_of_the_schemas(methodology: str, contract: Contract) -> None:
    assert list(contract.table("series").primary_key) == KEY
    assert list(contract.table("vintages").primary_key) == [*KEY, "as_of"]
    assert f"**{', '.join(KEY[:-1])} and {KEY[-1]}**" in " ".join(methodology.split())


def test_measures_with_a_basis_are_measures(methodology: str, contract: Contract) -> None:
    codes = contract.codelists["measures"].select(pl.col("code")).to_series()
    for name in ("DIFF", "RANK", "CHANGE", "GROWTH_BASE", "MULTIPLE"):
        assert name in codes
        assert name in methodology
