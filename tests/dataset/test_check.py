"""Checks of a whole release: contradictions are counted, and stop publication where they are too many."""

import importlib.util
import json
import sys
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from qzetl.dataset.accuracy import measure_accuracy
from qzetl.dataset.assembly import Assembly, assemble
from qzetl.dataset.checks import Check, check_release, refuse_failed
from qzetl.dataset.contract import Contract
from qzetl.dataset.period import period_bounds
from qzetl.dataset.quality import write_quality
from qzetl.dataset.release import build_release, list_releases
from qzetl.dataset.rows import Reading
from qzetl.dataset.store import Store
from qzetl.errors import ReleaseError
from qzetl.extract import Document, Lexicon, extract
from qzetl.settings import gold_dir, schemas_dir

Make = Callable[..., Reading]
Fill = Callable[[Store, Sequence[Reading]], None]


def row(indicator: str, value: float, **more: Any) -> dict[str, Any]:
    """A row of series, an amount of Quzhou's in 2023 where not said otherwise."""
    said = {"measure": "LEVEL", "area": "330800", "period": "2023", "status": "actual", "unit": "CNY", "basis": "_Z"}
    made = said | {"indicator": indicator, "value": value} | more
    first, last = period_bounds(made["period"]) or (None, None)
    return made | {"period_start": first, "period_end": last}


def checked(contract: Contract, *rows: dict[str, Any]) -> dict[str, Check]:
    series = pl.DataFrame(list(rows), schema={**contract.table("series").schema})
    tables = {table.name: table.empty() for table in contract.public} | {"series": series}
    coded = {name: frame.select(contract.table(name).names) for name, frame in contract.codelists.items()}
    return {check.name: check for check in check_release(Assembly(tables | coded, ()))}


def test_shares_of_one_whole_add_up_to_100(contract: Contract) -> None:
    def shares(area: str, *values: float) -> list[dict[str, Any]]:
        sectors = ("GVA_PRIMARY", "GVA_SECONDARY", "GVA_TERTIARY")
        stated = zip(sectors, values, strict=False)
        return [row(code, value, measure="SHARE", unit="PT", area=area) for code, value in stated]

    found = checked(contract, *shares("330800", 4.6, 40.1, 55.3), *shares("330802", 4, 40, 65), *shares("330803", 5))

    assert (found["shares"].tested, found["shares"].failed) == (2, 1)  # a lone share is no whole
    assert found["shares"].examples == ("GDP 330802 2023",)


def test_an_area_is_no_larger_than_the_one_it_lies_in(contract: Contract) -> None:
    found = checked(
        contract,
        *(row("GDP", 8e12, area="330000"), row("GDP", 2e11), row("GDP", 9e12, area="330100")),
        *(row("GDP", 1e6, area="330000", period="2022"), row("GDP", 1e6, period="2021")),
        *(row("PROFIT_INDUSTRY_DS", 1e9, area="330000"), row("PROFIT_INDUSTRY_DS", 2e9)),  # a loss elsewhere lowers it
    )

    assert (found["areas"].tested, found["areas"].failed) == (2, 1)
    assert found["areas"].examples == ("GDP 330100 2023",)
    assert (found["area-sums"].tested, found["area-sums"].failed) == (1, 1)


def test_stated_growth_is_compared_with_that_of_the_amounts(contract: Contract) -> None:
    growth = {"measure": "GROWTH_YOY", "unit": "PT"}
    found = checked(
        contract,
        *(row("GDP", 2.0e11, period="2022"), row("GDP", 2.1e11), row("GDP", 6.0, **growth)),
        *(row("FAI", 1e10, period="2022"), row("FAI", 3e10), row("FAI", 8.0, **growth)),
    )
    assert (found["growth"].tested, found["growth"].failed) == (2, 1)
    assert not found["growth"].stops


def test_many_contradictions_stop_publication_and_few_do_not(contract: Contract) -> None:
    areas = contract.codelists["areas"].filter(pl.col("parent") == "330800")["code"].to_list()
    indicators = contract.codelists["additive"].filter(pl.col("part") == "AREAS")["indicator"].to_list()
    large = [row(code, 1e9) for code in indicators]
    larger = [row(code, 2e9, area=area) for code in indicators for area in areas[:3]]

    refuse_failed(list(checked(contract, *large, *larger[:15]).values()))
    with pytest.raises(ReleaseError, match=r"checks failed: areas: \d+ of \d+ \(amounts above"):
        refuse_failed(list(checked(contract, *large, *larger[:60]).values()))


def amount(gdp: Make, year: int, value: float, uri: str) -> Reading:
    fields = {"unit": "CNY", "measure": "LEVEL", "period": str(year)}
    return gdp(value, "gov", f"{year + 1}-01-20", fields=fields, uri=uri)


def test_an_amount_that_jumps_against_its_own_past_is_rejected(store: Store, fill: Fill, gdp: Make) -> None:
    past = [amount(gdp, 2018 + n, 2.0e11 + n * 1e10, f"u{n}") for n in range(4)]
    fill(store, [*past, amount(gdp, 2022, 2.4e12, "tenfold"), amount(gdp, 2023, 2.5e11, "sound")])

    tables = assemble(store).tables

    (reject,) = tables["rejects"].iter_rows(named=True)
    assert reject["rule"] == "value-jump"
    assert json.loads(reject["row"])["uri"] == "tenfold"
    assert tables["series"]["value"].to_list() == [2.0e11, 2.1e11, 2.2e11, 2.3e11, 2.5e11]
    assert tables["observations"].height == 5


@pytest.mark.parametrize(
    "values",
    [
        {2021: 2e11, 2022: 2e12},  # one year is no past
        {2018: 2e10, 2019: 2e12, 2020: 2e11, 2021: 2e9},  # a past that agrees with nothing tells nothing
        {2010: 2e10, 2011: 2e10, 2022: 2e12},  # too long ago
    ],
)
def test_what_the_past_does_not_tell_stands(store: Store, fill: Fill, gdp: Make, values: dict[int, float]) -> None:
    fill(store, [amount(gdp, year, value, f"u{year}") for year, value in values.items()])
    tables = assemble(store).tables
    assert tables["rejects"].is_empty()
    assert tables["series"].height == len(values)


def test_months_are_compared_with_the_same_months(store: Store, fill: Fill, gdp: Make) -> None:
    fields = {"unit": "CNY", "measure": "LEVEL"}
    years = [gdp(2e11 + n, "gov", f"202{n}-12-20", fields=fields | {"period": f"202{n}"}) for n in range(3)]
    month = gdp(1.5e10, "gov", "2023-02-20", fields=fields | {"period": "2023-01"})
    fill(store, [*years, month])
    assert assemble(store).tables["rejects"].is_empty()


def test_quality_says_how_accurate_extraction_is_and_what_was_checked(filled: Store, output: Path) -> None:
    folder = build_release(filled, output, companions=[write_quality]).release.path

    said = json.loads((folder / "quality.json").read_text("utf-8"))
    assert said["accuracy"]["observations"]["precision"] > 0.9
    assert said["accuracy"]["confidence"].keys() == {"A", "B", "C"}
    assert said["accuracy"]["unlearned"]["gold"]["digest"] != said["accuracy"]["gold"]["digest"]
    assert said["accuracy"]["unlearned"]["observations"]["f1"] < said["accuracy"]["observations"]["f1"]
    assert {"shares", "areas", "rejected"} <= {check["name"] for check in said["checks"]}
    assert all(check["outcome"] != "failed" for check in said["checks"])


def test_accuracy_agrees_with_the_scorer_of_the_floors(root: Path) -> None:
    spec = importlib.util.spec_from_file_location("gold_score", root / "tests/gold/score.py")
    assert spec is not None
    assert spec.loader is not None
    scorer = importlib.util.module_from_spec(spec)
    sys.modules["gold_score"] = scorer
    spec.loader.exec_module(scorer)
    lexicon = Lexicon.load(schemas_dir() / "codelists")
    folder = gold_dir()
    assert folder is not None

    def found(facts: dict[str, Any]) -> list[Any]:
        published = date.fromisoformat(facts["published"])
        return extract(Document(facts["doc"], facts["text"], facts["title"], published, facts["area"]), lexicon)

    theirs = scorer.score(scorer.load(folder).values(), found, scorer.load_codes(folder))
    ours = measure_accuracy(folder, lexicon)

    assert ours["mentions"]["f1"] == pytest.approx(theirs.mention_f1, abs=1e-4)
    assert ours["observations"]["f1"] == pytest.approx(theirs.observation_f1, abs=1e-4)
    assert ours == measure_accuracy(folder, lexicon)


def test_a_release_whose_rows_were_mostly_rejected_stops(filled: Store, output: Path, contract: Contract) -> None:
    rows = [
        {"reject_id": f"{n:016x}", "publisher": "gov", "day": date(2024, 1, 20), "table": "observations"}
        | {"rule": "value-range", "reason": "value-range: x", "row": "{}"}
        for n in range(40)
    ]
    filled.replace("rejects", "gov", date(2024, 1, 20), pl.DataFrame(rows, schema=contract.table("rejects").schema))
    with pytest.raises(ReleaseError, match="rejected: 40 of 43"):
        build_release(filled, output)
    assert list_releases(output) == []
