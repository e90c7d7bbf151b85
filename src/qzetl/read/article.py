"""What reading yields: an article's clean text and what its page says about it."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["Article"]


@dataclass(frozen=True, slots=True)
class Article:
    """One article as read from one page or file.

    `text` is paragraphs and headings joined by single line feeds, without the headline; offsets of observations
    count its Unicode code points. `published` is ISO 8601, a day (``2024-02-29``) or a time with zone
    (``2024-02-29T09:53:00+08:00``), and None where the page does not say. `source` is the origin as printed
    (来源). `layout` names the rule that found the body, `captions` keeps what stands at pictures. `area` is the code of
    the article's own area where its file says it. `titled_by` and `dated_by` name the rules that found title and date,
    "" where none did; they explain a reading and are no part of what the article says. `continues` is the address
    of the page on which the article goes on; None where it is whole.
    """

    uri: str
    title: str | None
    text: str
    byline: str | None = None
    source: str | None = None
    published: str | None = None
    layout: str = ""
    captions: tuple[str, ...] = ()
    area: str | None = None
    titled_by: str = ""
    dated_by: str = ""
    continues: str | None = None
