"""Extraction: from an article's text to its numbers, each bound to what it measures, where, when and how surely.

Pure: no clock, no network, no files at call time, no frames. Lexicons are read once, by `Lexicon.load`.
"""

from qzetl.extract.engine import extract
from qzetl.extract.lexicon import Lexicon
from qzetl.extract.mention import Document, Mention
from qzetl.extract.places import home_area

__all__ = ["Document", "Lexicon", "Mention", "extract", "home_area", "is_compiled"]


def is_compiled() -> bool:
    """Tell whether this room runs as machine code (docs/decisions/0014-compiled-extraction.md) or is interpreted."""
    return not __file__.endswith(".py")
