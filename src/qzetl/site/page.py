"""The page itself: HTML with what a reader without scripts (and a search engine) can use, its styles, its code."""

from __future__ import annotations

import json
from collections.abc import Mapping
from html import escape
from pathlib import Path
from string import Template
from typing import Any

from qzetl.dataset.cards.schemaorg import schemaorg
from qzetl.dataset.datapackage import DESCRIPTION, TITLE
from qzetl.dataset.draft import Draft

__all__ = ["write_page"]

_WEB = Path(__file__).parent / "web"
_LEAD = (
    "地方新闻、政府和统计网站的文章里有大量数字。这里把每个数字连同它所说的指标、地区、时期和单位一起列出，"
    "点开即见陈述它的原句。"
)
_NOSCRIPT = "图表和搜索需要 JavaScript。数据文件可直接下载：上一级文件夹的 README.md 说明各表。"


def write_page(draft: Draft, overview: Mapping[str, Any], folder: Path) -> None:
    """Write ``index.html``, ``site.css``, ``site.js`` and the icon."""
    for name in ("site.css", "icon.svg"):
        (folder / name).write_bytes((_WEB / name).read_bytes())
    (folder / "site.js").write_text(_code(), "utf-8", newline="\n")
    (folder / "index.html").write_text(_html(draft, overview), "utf-8", newline="\n")


def _code() -> str:
    """Join the scripts, which share one scope, and the words of both languages."""
    words = json.dumps(json.loads((_WEB / "strings.json").read_text("utf-8")), ensure_ascii=False)
    scripts = "".join(path.read_text("utf-8") for path in sorted(_WEB.glob("*.js")))
    return f'(() => {{\n"use strict";\nconst STRINGS = {words};\n{scripts}}})();\n'


def _html(draft: Draft, overview: Mapping[str, Any]) -> str:
    rows = overview["release"]["rows"]
    names = overview["indicators"]
    lines = [
        f'<li><a href="#/indicator/{escape(code)}">{escape(zh)}</a> <span class="quiet">{escape(en)}</span></li>'
        for code, zh, en in zip(names["code"], names["name_zh"], names["name_en"], strict=True)
    ]
    return Template((_WEB / "index.html").read_text("utf-8")).substitute(
        title=escape(f"{TITLE} {draft.version}"),
        description=escape(DESCRIPTION),
        dataset=_embedded(schemaorg(draft.package)),
        lead=_LEAD,
        counts=escape(f"{rows['observations']:,} 个数字，{rows['articles']:,} 篇文章。版本 {draft.version}。"),
        indicators="\n".join(lines),
        noscript=_NOSCRIPT,
    )


def _embedded(document: object) -> str:
    """Return JSON that no text in it can end early: inside a script element only ``<`` matters."""
    return json.dumps(document, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c")
