"""Charts for papers: the fullest indicators as SVG, each with the Vega-Lite specification that it was drawn from.

The place of everything that text could move is fixed, so the same rows give the same bytes whatever fonts there are.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import polars as pl

__all__ = ["specification", "write_charts"]

_MOST = 20
_FEWEST_PERIODS, _FEWEST_AREAS = 2, 3
_LINES, _BARS = 6, 20
_WIDTH, _HEIGHT = 680, 340
_LEFT, _RIGHT, _TOP, _BOTTOM = 84, 120, 70, 52
_COLOURS = ["#b3261e", "#0b5fa5", "#2f7d32", "#8a4fbf", "#a05a00", "#00778a"]
_FONT = "Noto Sans CJK SC, Microsoft YaHei, PingFang SC, Liberation Sans, sans-serif"


def write_charts(tables: Mapping[str, pl.DataFrame], folder: Path) -> list[list[str]]:
    """Write the charts; return indicator, measure and the file's stem of each, in the order of the file names."""
    found = sorted(_chosen(tables["series"]), key=lambda each: each[:2])
    if not found:
        return []
    from vl_convert import vegalite_to_svg

    folder.mkdir(parents=True, exist_ok=True)
    written = []
    for indicator, measure, rows in found:
        stem = f"{indicator}-{measure}"
        drawn = specification(tables, indicator, measure, rows)
        (folder / f"{stem}.vl.json").write_text(json.dumps(drawn, ensure_ascii=False, indent=1) + "\n", "utf-8")
        (folder / f"{stem}.svg").write_text(vegalite_to_svg(drawn, vl_version="5.21"), "utf-8")
        written.append([indicator, measure, stem])
    return written


def _chosen(series: pl.DataFrame) -> list[tuple[str, str, pl.DataFrame]]:
    """Return the fullest pairs of indicator and measure, each with the rows of one kind of period and one unit."""
    plain = series.filter(
        pl.col("measure").is_in(["LEVEL", "GROWTH_YOY", "SHARE"]),
        pl.col("status") == "actual",
        pl.col("basis") == "_Z",
        pl.col("value").is_not_null(),
    ).with_columns(kind=_kind())
    groups = plain.partition_by("indicator", "measure", "unit", "kind", as_dict=True, maintain_order=True)
    best: dict[tuple[str, str], pl.DataFrame] = {}
    for (indicator, measure, _, _), rows in groups.items():
        held = best.get((indicator, measure))
        if _worth_drawing(rows) and (held is None or rows.height > held.height):
            best[indicator, measure] = rows
    fullest = sorted(best.items(), key=lambda each: (-each[1].height, each[0]))[:_MOST]
    return [(indicator, measure, rows) for (indicator, measure), rows in fullest]


def _kind() -> pl.Expr:
    """Return what sort of period a row has, so that years are never joined with months: its pattern without digits."""
    return pl.col("period").str.replace_all("[0-9]", "")


def _worth_drawing(rows: pl.DataFrame) -> bool:
    return _over_time(rows) or rows["area"].n_unique() >= _FEWEST_AREAS


def _over_time(rows: pl.DataFrame) -> bool:
    return rows["area"].value_counts().filter(pl.col("count") >= _FEWEST_PERIODS).height > 0


def specification(
    tables: Mapping[str, pl.DataFrame], indicator: str, measure: str, rows: pl.DataFrame
) -> dict[str, Any]:
    """Return the specification: lines over time where a place has several periods, else bars across places."""
    named = rows.join(tables["areas"].select("code", "name"), left_on="area", right_on="code").with_columns(
        pl.col("period_end").cast(pl.String)
    )
    names = tables["indicators"].filter(code=indicator).row(0, named=True)
    unit = tables["units"].filter(code=rows["unit"][0]).row(0, named=True)
    how = tables["measures"].filter(code=measure).row(0, named=True)
    scale, written = _scale(rows, unit)
    shared = {
        "$schema": "https://vega.github.io/schema/vega-lite/v5.json",
        "title": {
            "text": f"{names['name_zh']} · {how['name_zh'] or measure} ({written})",
            "subtitle": f"{names['name_en']}, {how['name_en']}",
            "anchor": "start",
            "frame": "group",
            "fontSize": 15,
            "subtitleFontSize": 11,
            "offset": 14,
        },
        "width": _WIDTH,
        "height": _HEIGHT,
        "autosize": {"type": "none"},
        "padding": {"left": _LEFT, "right": _RIGHT, "top": _TOP, "bottom": _BOTTOM},
        "config": {
            "font": _FONT,
            "view": {"stroke": None},
            "axis": {"gridColor": "#e4e4e4", "titleFontWeight": "normal"},
        },
    }
    return shared | (_lines(named, scale) if _over_time(rows) else _bars(named, scale))


def _scale(rows: pl.DataFrame, unit: Mapping[str, Any]) -> tuple[float, str]:
    """Return what values are divided by, and the unit's name then: 亿 and 万 are how such figures are read."""
    largest = float(rows["value"].abs().max() or 0)  # type: ignore[arg-type]
    name = unit["name_zh"] or unit["name_en"]
    for step, word in ((1e8, "亿"), (1e4, "万")):
        if unit["dimension"] != "ratio" and largest >= step:
            return step, f"{word}{name}"
    return 1.0, name


def _values(rows: pl.DataFrame, scale: float) -> list[dict[str, Any]]:
    shown = rows.with_columns(value=(pl.col("value") / scale).round_sig_figs(12))
    return shown.select("area", "name", "period", "period_end", "value").to_dicts()


def _lines(rows: pl.DataFrame, scale: float) -> dict[str, Any]:
    fullest = rows.group_by("area").len().sort("len", "area", descending=[True, False]).head(_LINES)["area"]
    shown = rows.filter(pl.col("area").is_in(fullest.implode())).sort("area", "period_end")
    x = {"field": "period_end", "type": "temporal", "title": None, "axis": {"format": "%Y-%m", "tickCount": 6}}
    y = {"field": "value", "type": "quantitative", "title": None, "scale": {"zero": False, "nice": True}}
    colour = {"field": "name", "type": "nominal", "title": None, "scale": {"range": _COLOURS}}
    legend = {"orient": "none", "legendX": _WIDTH + 14, "legendY": 0}
    return {
        "data": {"values": _values(shown, scale)},
        "mark": {"type": "line", "point": True, "strokeWidth": 2},
        "encoding": {"x": x, "y": _fixed(y), "color": colour | {"legend": legend}},
    }


def _bars(rows: pl.DataFrame, scale: float) -> dict[str, Any]:
    fullest = rows.group_by("period").len().sort("len", "period", descending=True)["period"][0]
    shown = rows.filter(pl.col("period") == fullest).sort("value", "area", descending=[True, False]).head(_BARS)
    y = {"field": "name", "type": "nominal", "title": None, "sort": None}
    x = {"field": "value", "type": "quantitative", "title": str(fullest)}
    return {
        "data": {"values": _values(shown, scale)},
        "mark": {"type": "bar", "color": _COLOURS[1]},
        "encoding": {"x": x, "y": _fixed(y)},
    }


def _fixed(channel: dict[str, Any]) -> dict[str, Any]:
    """Give the axis a width that its labels do not change."""
    room = _LEFT - 10
    return channel | {"axis": {"minExtent": room, "maxExtent": room, "labelLimit": room}}
