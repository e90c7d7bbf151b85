"""How dates are written on Chinese pages, and what they are in ISO 8601.

A year has four digits unless a rule here says otherwise. Times without a zone are Asia/Shanghai, and times in another
zone are given in Asia/Shanghai, so that the day is the day there. Which of a page's dates is the one of publication
is decided in `published`.
"""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta, timezone
from email.utils import parsedate_to_datetime

__all__ = [
    "as_day",
    "boxed_date",
    "completed_date",
    "date_in_numerals",
    "document_date",
    "english_date",
    "first_date",
    "is_date_line",
    "labelled_date",
    "odd_date",
    "stated_date",
    "without_events",
]

_CLOCK = r"(\d{1,2})\s?[:：时]\s?(\d{2})(?:[:：分]\s?(\d{2}))?(?:\.\d{1,9})?"
_DATE = re.compile(
    r"(?<!\d)((?:19|20)\d\d)\s?(?:[-/.－—]|年)\s?(\d{1,2})\s?(?:[-/.－—]|月)\s?(\d{1,2})(?!\d)\s?日?"
    rf"(?:[\s\u3000,，]{{0,4}}(?:星期.|周.)?[\sT\u3000]{{0,4}}{_CLOCK}"
    r"\s?(Z\b|[+-]\d\d:?\d\d\b)?)?"
)
# Labels of publication; they stand before a date and nothing but colons, brackets and blanks.
_PUBLISHED = (
    r"(?:发\s?布|发\s?表|刊\s?发|刊\s?登|刊\s?载|上\s?传|录\s?入|添\s?加|发\s?稿|出\s?版|见\s?报|公\s?布|公\s?开)"
    r"\s?(?:时\s?间|日\s?期|于)|[Pp]osted|[Pp]ublished"
)
_BEFORE_DATE = r"[\s\u3000]{0,4}[:：]?[\s\u3000【\[（(]{0,40}"
# Labels that other dates have too: of an event, of the page's last change.
_ANY_LABEL = (
    rf"(?:{_PUBLISHED}|更\s?新\s?(?:时\s?间|日\s?期|于)|(?<![\u4e00-\u9fff])(?:时\s{{0,6}}间|日\s{{0,6}}期)|[Dd]ate)"
    rf"{_BEFORE_DATE}"
)
_LABELLED = re.compile(rf"(?:{_PUBLISHED}){_BEFORE_DATE}(?=(?:19|20)\d\d\D)")
_SHORT_YEAR = re.compile(rf"{_ANY_LABEL}([0-3]\d)[-/.年]([01]?\d)[-/.月]([0-3]?\d)(?![\d/-])")
_MONTH_FIRST = re.compile(
    rf"{_ANY_LABEL}(\d{{1,2}})/(\d{{1,2}})/((?:19|20)\d\d)(?:\s\d{{1,2}}:\d\d(?::\d\d)?\s?([AaPp]\.?[Mm])?)?"
)
_NO_YEAR = re.compile(
    rf"(?:{_ANY_LABEL}|(?=[\d月/-]{{3,6}}日?\s{{0,3}}\d\d[:：]\d\d))(?<![\d.年/-])([01]?\d)[-/月]([0-3]?\d)(?![\d-])"
)
_MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split()  # noqa: SIM905  # a list of words
_ENGLISH = re.compile(
    r"\b(?:([A-Za-z]{3})[a-z]{0,6}\.?\s(\d{1,2})(?:st|nd|rd|th)?,|(\d{1,2})\s([A-Za-z]{3})[a-z]{0,6}\.?,?)\s?((?:19|20)\d\d)\b"
)
# A line that is a date in English and no more than its label.
_ENGLISH_LINE = 40
# A date set in a box, its parts apart: 2024 / 02/19 / 10:22; 19 / 2024-02; 2024-02 / 19.
_BOXED = (
    re.compile(r"(?<!\d)(?P<y>(?:19|20)\d\d)年?\s*\n\s*(?P<m>\d{1,2})[/\-月.](?P<d>\d{1,2})日?(?!\d)"),
    re.compile(r"(?:^|\n)\s*(?P<d>\d{1,2})日?\s*\n\s*(?P<y>(?:19|20)\d\d)\s?[-/.年]\s?(?P<m>\d{1,2})月?\s*(?:\n|$)"),
    re.compile(r"(?:^|\n)\s*(?P<y>(?:19|20)\d\d)\s?[-/.年]\s?(?P<m>\d{1,2})月?\s*\n\s*(?P<d>\d{1,2})日?\s*(?:\n|$)"),
)
_CLOCK_LENGTH = 8
# Labels of dates that are of something else than of publication, and of those that a document itself has.
_DOCUMENT = r"(?:成文|印发|制发|发文|生成|签发)(?:时间|日期)[\s:：]{0,6}"
_EVENT = re.compile(
    rf"(?:(?:来信|留言|咨询|提问|投诉|受理|截止|生效|施行|实施|失效|废止|活动|会议|开标|报名|考试|展览?)(?:时间|日期)[\s:：]{{0,6}}|{_DOCUMENT})"
    r"(?=(?:19|20)\d\d\D)"
)
_OF_DOCUMENT = re.compile(rf"{_DOCUMENT}(?=(?:19|20)\d\d\D)")
_NUMERALS = str.maketrans("〇○Ｏ零一二三四五六七八九", "0000123456789")
_IN_NUMERALS = re.compile(
    r"([一二][〇○Ｏ零一二三四五六七八九]{3})年([一二三四五六七八九十]{1,2})月([一二三四五六七八九十]{1,3})日"
)
_COMPACT = re.compile(r"((?:19|20)\d\d)(\d\d)(\d\d)(?:\d{4}|\d{6})?")
_SECONDS = re.compile(r"(1[0-9]{9})(?:\d{3})?")
_SHANGHAI = timezone(timedelta(hours=8))
# The web has no older articles than this.
_FIRST_YEAR = 1994
_AROUND_DATE = 30
_TEN = 10


def first_date(text: str, *, timed: bool = False) -> str | None:
    """Return the first date in `text` that a calendar has, in ISO 8601; only one with a time of day if `timed`."""
    for found in _DATE.finditer(text):
        if (not timed or found[4] is not None) and (day := _iso(found)) is not None:
            return day
    return None


def stated_date(text: str) -> str | None:
    """Return the date that a field of metadata holds in any usual form: compact, of mail, English, seconds."""
    text = text.strip()
    if found := first_date(text):
        return found
    if (digits := _COMPACT.fullmatch(text)) and (day := as_day(*digits.groups())):
        return day
    if seconds := _SECONDS.fullmatch(text):
        return datetime.fromtimestamp(int(seconds[1]), _SHANGHAI).isoformat()
    try:
        moment = parsedate_to_datetime(text)
    except ValueError:
        return _in_english(text)
    if moment.year < _FIRST_YEAR:
        return None
    return (moment.astimezone(_SHANGHAI) if moment.tzinfo else moment.replace(tzinfo=_SHANGHAI)).isoformat()


def labelled_date(text: str) -> str | None:
    """Return the first date that `text` labels as the one of publication (发布时间 and the like)."""
    for found in _LABELLED.finditer(text):
        full = _DATE.match(text, found.end())
        if full and (day := _iso(full)):
            return day
    return None


def odd_date(text: str) -> str | None:
    """Return the first labelled date in a form that is none without its label.

    These are ``7/25/2005`` where the order is beyond doubt (there is no thirteenth month, and a clock of twelve hours
    goes with the month first), and two digits of a year.
    """
    for found in _MONTH_FIRST.finditer(text):
        month, day_, year, half = found.groups()
        if (half or int(day_) > 12) and (day := as_day(year, month, day_)):  # noqa: PLR2004  # months
            return day
    for found in _SHORT_YEAR.finditer(text):
        if day := as_day(f"20{found[1]}", found[2], found[3]):
            return day
    return None


def completed_date(text: str, year: str | None, modified: str | None = None) -> str | None:
    """Return the day of a date without its year, labelled or with a time of day: ``03-06 16:17``.

    The year is that of the page's address, `year`; else that of its last change, `modified`, where that fell on the
    same day of the year.
    """
    for found in _NO_YEAR.finditer(text):
        if modified and modified[5:10] == f"{int(found[1]):02}-{int(found[2]):02}":
            return modified
        if year and (day := as_day(year, found[1], found[2])):
            return day
    return None


def without_events(text: str) -> str:
    """Return `text` without the dates that their labels (来信时间, 成文日期) say to be of something else."""
    kept, end = [], 0
    for found in _EVENT.finditer(text):
        if full := _DATE.match(text, found.end()):
            kept.append(text[end : found.start()])
            end = full.end()
    return "".join(kept) + text[end:]


def document_date(text: str) -> str | None:
    """Return the first date that `text` labels as the one at which a document was drawn up (成文日期)."""
    for found in _OF_DOCUMENT.finditer(text):
        full = _DATE.match(text, found.end())
        if full and (day := _iso(full)):
            return day
    return None


def boxed_date(text: str) -> str | None:
    """Return the first date whose parts stand in lines of their own, as in a box beside a headline."""
    for pattern in _BOXED:
        for found in pattern.finditer(text):
            clock = text[found.end() :].lstrip()[:_CLOCK_LENGTH]
            if day := first_date(f"{found['y']}-{found['m']}-{found['d']} {clock}"):
                return day
    return None


def english_date(text: str) -> str | None:
    """Return the date of the first line that is one in English (February 19, 2024) and hardly more."""
    lines = (line for line in text.split("\n") if len(line) <= _ENGLISH_LINE)
    return next((day for line in lines if (day := _in_english(line))), None)


def is_date_line(text: str) -> bool:
    """Whether a line says a date and hardly anything else, and is no sentence."""
    if text.endswith(("。", "，", "；")):
        return False
    found = _DATE.search(text)
    return found is not None and len(text) - len(found[0]) <= _AROUND_DATE


def date_in_numerals(text: str) -> str | None:
    """Return the first date written in Chinese numerals (二〇二四年二月十九日), as documents are signed."""
    for found in _IN_NUMERALS.finditer(text):
        year = found[1].translate(_NUMERALS)
        if day := as_day(year, str(_small(found[2])), str(_small(found[3]))):
            return day
    return None


def as_day(year: str, month: str, day: str) -> str | None:
    """Return the day in ISO 8601; None for one that no calendar has, or before there were articles on the web."""
    try:
        found = date(int(year), int(month), int(day))
    except ValueError:
        return None
    return found.isoformat() if found.year >= _FIRST_YEAR else None


def _small(numeral: str) -> int:
    """Return a number up to ninety-nine written in Chinese: 十九, 二十, 三十一."""
    tens, ten, ones = numeral.rpartition("十")
    value = int(ones.translate(_NUMERALS)) if ones.translate(_NUMERALS).isdigit() else 0
    return value + (_TEN * int(tens.translate(_NUMERALS) or "1") if ten else 0)


def _in_english(text: str) -> str | None:
    found = _ENGLISH.search(text)
    if not found:
        return None
    month, day, year = (found[1] or found[4]).lower(), found[2] or found[3], found[5]
    return as_day(year, str(_MONTHS.index(month) + 1), day) if month in _MONTHS else None


def _iso(found: re.Match[str]) -> str | None:
    year, month, day, hour, minute, second, zone = found.groups()
    text = as_day(year, month, day)
    if text is None or hour is None or int(hour) > 23 or int(minute) > 59 or int(second or 0) > 59:  # noqa: PLR2004  # a clock
        return text
    clock = f"{text}T{int(hour):02}:{minute}:{second or '00'}"
    if not zone:
        return f"{clock}+08:00"
    offset = "+00:00" if zone == "Z" else f"{zone[:3]}:{zone[-2:]}"
    try:
        return datetime.fromisoformat(clock + offset).astimezone(_SHANGHAI).isoformat()
    except ValueError:
        return f"{clock}+08:00"
