"""Releases for those who use the data: `qzetl.open` and what it returns.

Everything is a Polars LazyFrame until it is collected, and nothing here changes or adds to what the tables say.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from datetime import date
from difflib import get_close_matches
from functools import cached_property
from pathlib import Path
from typing import Any

import polars as pl

from qzetl.dataset.contract import DTYPES
from qzetl.dataset.explanation import Explanation
from qzetl.dataset.places import Place, place_of
from qzetl.dataset.verify import PACKAGE, SUMS
from qzetl.errors import ReleaseError, UsageError

__all__ = ["Dataset", "open_release"]

Codes = str | Iterable[str] | None
"""One code, several, or None for all."""

_KEY = ("indicator", "measure", "area", "period", "status", "unit", "basis")
_POINTERS = ("latest.json", "latest/datapackage.json")
_CODE_LISTS = {"indicator": "indicators", "measure": "measures", "area": "areas", "unit": "units"}
_FEW = 3


def open_release(
    source: str | Path, *, storage_options: Mapping[str, str] | None = None, verify: bool = False
) -> Dataset:
    """Open the release at `source`; `qzetl.open` is this function and describes it."""
    place = place_of(source, storage_options)
    opened = Dataset(_released(place))
    if verify:
        opened.verify()
    return opened


def _released(place: Place) -> Place:
    """Return `place` itself where it is a release, else the release that its pointer names."""
    if place.read(PACKAGE) is not None:
        return place
    pointer = place.read("latest.json")
    if pointer is not None:
        return place.inside(json.loads(pointer)["path"])
    if place.read(f"latest/{PACKAGE}") is not None:
        return place.inside("latest")
    msg = f"{place} is no release: it has neither {PACKAGE} nor a pointer ({', '.join(_POINTERS)}); name its folder"
    raise ReleaseError(msg)


class Dataset:
    """A release, opened.

    >>> import qzetl
    >>> ds = qzetl.open("output/latest")
    >>> ds.series(indicator="GDP", area="330800").select("period", "measure", "value", "unit").collect().rows()
    [('2023', 'GROWTH_YOY', 6.8, 'PT'), ('2023', 'LEVEL', 33390000000.0, 'CNY')]
    """

    def __init__(self, place: Place) -> None:
        """Read what the release says of itself; tables are read when they are asked for."""
        self._place = place
        self.package: Mapping[str, Any] = json.loads(place.read(PACKAGE) or b"{}")
        """datapackage.json: tables, columns, licences."""
        self._files = {
            each["name"].removesuffix("-parquet"): each
            for each in self.package.get("resources", [])
            if each.get("format") == "parquet"
        }

    def __repr__(self) -> str:
        """Name the release and where it is."""
        return f"<qzetl release {self.version} at {self._place}>"

    @property
    def version(self) -> str:
        """The release's version."""
        return str(self.package["version"])

    @property
    def tables(self) -> list[str]:
        """The names of the tables and code lists.

        >>> import qzetl
        >>> qzetl.open("output/latest").tables[:3]
        ['articles', 'observations', 'series']
        """
        return list(self._files)

    def table(self, name: str) -> pl.LazyFrame:
        """Return a table or code list whole; raises `UsageError` naming those that there are.

        >>> import qzetl
        >>> qzetl.open("output/latest").table("publishers").select("id", "rank").collect().rows()
        [('daily', 3), ('evening', 3), ('gov', 2), ('stats', 1)]
        """
        if name not in self._files:
            msg = f"release {self.version} has no table {name!r}; there are {', '.join(self._files)}"
            raise UsageError(msg)
        resource = self._files[name]
        schema = pl.Schema({field["name"]: DTYPES[field["type"]] for field in resource["schema"]["fields"]})
        return self._place.scan(resource["path"], schema)

    def series(  # noqa: PLR0913 - the parts of a series' key, each by name
        self,
        *,
        indicator: Codes = None,
        measure: Codes = None,
        area: Codes = None,
        period: Codes = None,
        status: Codes = None,
        unit: Codes = None,
        basis: Codes = None,
        as_of: str | date | None = None,
    ) -> pl.LazyFrame:
        """Return the chosen values, of all keys or of those with the given codes, sorted by key.

        With `as_of`, a day (YYYY-MM-DD), they are the values that were known on that day: the columns are then those
        of `vintages`. Raises `UsageError` for a code that its code list lacks.

        >>> import qzetl
        >>> ds = qzetl.open("output/latest")
        >>> growth = {"indicator": "GDP", "measure": "GROWTH_YOY"}
        >>> ds.series(**growth).select("value", "publisher", "n_publishers", "agreement").collect().rows()
        [(6.8, 'gov', 2, 0.5)]
        >>> ds.series(**growth, as_of="2024-01-20").select("value", "as_of").collect().rows()
        [(6.8, datetime.date(2024, 1, 20))]
        >>> ds.series(**growth, as_of="2024-01-19").collect().height
        0
        """
        wanted = _kept(
            indicator=indicator, measure=measure, area=area, period=period, status=status, unit=unit, basis=basis
        )
        if as_of is None:
            return self._filtered("series", wanted).sort(_KEY)
        known = self._filtered("vintages", wanted).filter(pl.col("as_of") <= _day(as_of))
        return known.sort("as_of").unique(_KEY, keep="last", maintain_order=True).sort(_KEY)

    def observations(  # noqa: PLR0913 - the columns that observations are chosen by, each by name
        self,
        *,
        indicator: Codes = None,
        measure: Codes = None,
        area: Codes = None,
        period: Codes = None,
        status: Codes = None,
        unit: Codes = None,
        publisher: Codes = None,
        confidence: Codes = None,
        as_of: str | date | None = None,
    ) -> pl.LazyFrame:
        """Return every figure that articles state, of all or of those with the given codes.

        With `as_of` only those published by that day (by the day of listing, where the page states none). Raises
        `UsageError` for a code that its code list lacks.

        >>> import qzetl
        >>> ds = qzetl.open("output/latest")
        >>> ds.observations(publisher="daily").select("quote", "value", "confidence").collect().rows()
        [('6.7%', 6.7, None)]
        """
        wanted = _kept(
            indicator=indicator,
            measure=measure,
            area=area,
            period=period,
            status=status,
            unit=unit,
            publisher=publisher,
            confidence=confidence,
        )
        found = self._filtered("observations", wanted)
        return found if as_of is None else found.filter(pl.coalesce("published", "day") <= _day(as_of))

    def explain(self, observation_id: str) -> Explanation:
        """Return where a figure comes from and how it stands among others; printed, it is a short text.

        Raises `UsageError` where the release has no such observation.

        >>> import qzetl
        >>> ds = qzetl.open("output/latest")
        >>> found = ds.observations(publisher="daily").collect()["observation_id"][0]
        >>> print(ds.explain(found))
        6.7 PT · Gross domestic product, GROWTH_YOY · 衢州市 · 2023
        daily2024-01-21T08:30:00+08:00报道,2023年全市生产总值增长[6.7%]。
        日报, 2024-01-21, 标题
        https://daily.example/2024-01-21.html
        not chosen for its series (lower-authority); the chosen value is 6.8 (gov)
        """
        found = self.table("observations").filter(observation_id=observation_id).collect()
        if found.is_empty():
            msg = f"release {self.version} has no observation {observation_id!r}; see its column observation_id"
            raise UsageError(msg)
        row = found.row(0, named=True)
        article = self.table("articles").filter(article_id=row["article_id"]).collect().row(0, named=True)
        same = [pl.col(name) == row[name] for name in _KEY if name != "basis" and row[name] is not None]
        candidates = self.table("series").filter(*same).collect().rows(named=True)
        of = next((each for each in candidates if observation_id in (each["observation_id"], *_losing(each))), None)
        return Explanation(row, article, of, self._names(row))

    def verify(self) -> None:
        """Compare every file's SHA-256 with the release's own list; raises `ReleaseError` naming what differs.

        >>> import qzetl
        >>> qzetl.open("output/latest", verify=True).version == qzetl.open("output/latest").version
        True
        """
        listed = self._place.read(SUMS)
        if listed is None:
            msg = f"{self._place} has no {SUMS}, so nothing can be verified; get the release again"
            raise ReleaseError(msg)
        lines = (line.partition("  ") for line in listed.decode().splitlines())
        wrong = [path for digest, _, path in lines if self._place.digest(path) != digest]
        if wrong:
            more = f" and {len(wrong) - _FEW} more" if len(wrong) > _FEW else ""
            msg = f"{self._place}: {', '.join(wrong[:_FEW])}{more} missing or altered; get the release again"
            raise ReleaseError(msg)

    def _filtered(self, table: str, wanted: Mapping[str, list[str]]) -> pl.LazyFrame:
        for name, codes in wanted.items():
            self._check(name, codes)
        tests = [pl.col(name).is_in(codes) for name, codes in wanted.items()]
        return self.table(table).filter(tests) if tests else self.table(table)  # Polars 2.1 cannot scan by no test

    def _check(self, name: str, codes: list[str]) -> None:
        """Refuse a code that is in no code list, and say which may have been meant."""
        if name not in _CODE_LISTS:
            return
        known = self._codes(_CODE_LISTS[name])
        for code in codes:
            if code not in known:
                meant = [other for other, names in known.items() if code in names]
                meant = meant[:_FEW] or get_close_matches(code, known, _FEW)
                hint = f"perhaps {', '.join(meant)}" if meant else f"codes stand in the table {_CODE_LISTS[name]}"
                msg = f"there is no {name} {code!r}; {hint}"
                raise UsageError(msg)

    def _codes(self, table: str) -> dict[str, tuple[str, ...]]:
        """Return a code list's codes, each with its names."""
        if table not in self._held:
            columns = [name for name in ("name", "short", "name_zh", "name_en") if name in self._columns(table)]
            rows = self.table(table).select("code", *columns).collect().iter_rows()
            self._held[table] = {code: tuple(name for name in names if name) for code, *names in rows}
        return self._held[table]

    @cached_property
    def _held(self) -> dict[str, dict[str, tuple[str, ...]]]:
        return {}

    def _columns(self, table: str) -> list[str]:
        return [field["name"] for field in self._files[table]["schema"]["fields"]]

    def _names(self, row: Mapping[str, Any]) -> dict[str, str]:
        english = {"indicator": -1, "area": 0}
        found = {name: self._codes(_CODE_LISTS[name]).get(row[name] or "", ("",))[at] for name, at in english.items()}
        publisher = self.table("publishers").filter(id=row["publisher"]).collect()
        return found | {"publisher": publisher["name"][0] if publisher.height else row["publisher"]}


def _kept(**given: Codes) -> dict[str, list[str]]:
    """Return the filters that were given, each as a list."""
    return {
        name: [codes] if isinstance(codes, str) else list(codes) for name, codes in given.items() if codes is not None
    }


def _losing(row: Mapping[str, Any]) -> list[str]:
    return [each["observation_id"] for each in json.loads(row["losers"])]


def _day(given: str | date) -> date:
    if isinstance(given, date):
        return given
    try:
        return date.fromisoformat(given)
    except ValueError as error:
        msg = f"as_of is {given!r}, but must be a day, written YYYY-MM-DD"
        raise UsageError(msg) from error
