"""White space as a reader sees it."""

from __future__ import annotations

import re

__all__ = ["tidy"]

_WIDE = "\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef“”‘’…—"
_BROKEN_LINE = re.compile(rf"(?<=[{_WIDE}])[ \t\u3000]*\n\s*(?=[{_WIDE}])")
_SPACE = re.compile(r"[\s\u200b\u200c\u200d\u2060\ufeff]+")


def tidy(text: str) -> str:
    """Collapse white space to single spaces; a line end inside Chinese text is no space at all."""
    if "\n" in text:
        text = _BROKEN_LINE.sub("", text.strip())
    return _SPACE.sub(" ", text).strip()
