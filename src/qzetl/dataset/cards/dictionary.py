"""The data dictionary: every column of every table in words, in English and in Chinese."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal

from qzetl.dataset.cards.described import Column, DescribedTable, tables_of

__all__ = ["dictionary"]

_HEADS = {
    "en": ("Data dictionary", "column", "type", "unit", "SDMX concept", "meaning", "key", "rows", "Release"),
    "zh": ("数据字典", "列", "类型", "单位", "SDMX 概念", "含义", "主键", "行", "版本"),
}


def dictionary(package: Mapping[str, Any], language: Literal["en", "zh"]) -> str:
    """Return the dictionary as Markdown; it is made from schemas/ and says nothing of its own."""
    title, *heads, key, rows, release = _HEADS[language]
    parts = [f"# {title}\n\n{release} {package['version']}\n"]
    parts += [_table(table, language, heads, (key, rows)) for table in tables_of(package)]
    return "\n".join(parts)


def _table(table: DescribedTable, language: str, heads: list[str], words: tuple[str, str]) -> str:
    said = table.description if language == "en" else table.description_zh
    key, rows = words
    lines = [
        f"## {table.name}" + (f" {table.title}" if language == "zh" else ""),
        f"\n{said}\n",
        f"{key}: {', '.join(f'`{name}`' for name in table.primary_key)}. {rows}: {table.rows:,}.\n",
        f"| {' | '.join(heads)} |",
        f"|{'---|' * len(heads)}",
        *(f"| {' | '.join(_row(column, language))} |" for column in table.columns),
        "",
    ]
    return "\n".join(lines)


def _row(column: Column, language: str) -> tuple[str, ...]:
    said = column.description if language == "en" else f"{column.title}：{column.description_zh}"
    return (f"`{column.name}`", column.type, column.unit or "–", column.concept, said.replace("|", "\\|"))
