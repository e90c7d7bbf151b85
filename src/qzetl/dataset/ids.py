"""Ids that follow from content: the same on every machine, in every run and after every rebuild."""

from __future__ import annotations

import hashlib
import json

__all__ = ["content_id", "text_digest"]

_DIGITS = 16  # 64 bits: at ten million rows the chance of any collision is about 3 in a million


def content_id(*parts: str | int | None) -> str:
    """Return the first 16 hexadecimal digits of SHA-256 over `parts`, written as one JSON array in UTF-8."""
    written = json.dumps(parts, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(written.encode("utf-8", "replace")).hexdigest()[:_DIGITS]


def text_digest(text: str) -> str:
    """Return SHA-256 over the text in UTF-8, in hexadecimal; equal digests make a reprint."""
    return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()
