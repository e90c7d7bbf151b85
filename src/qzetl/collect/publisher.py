"""Publishers as data: one TOML file each says who publishes, where the lists stand and how politely to ask.

Nothing here talks to a network. Facts about a site's formats belong to `listing/`; a file only names a kind of list
and its options. Ranks follow the project's rule of authority: statistics bureau, government, official press, other.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from types import MappingProxyType
from typing import TypeAlias
from urllib.parse import urlsplit

from qzetl.errors import SettingsError

__all__ = ["INPUT", "LISTING_OPTIONS", "RANKS", "Listing", "Option", "Publisher", "load_publishers", "publisher_of"]

Option: TypeAlias = str | int | tuple[str, ...]
"""What an option of a list may be."""

RANKS: Mapping[str, int] = MappingProxyType({"statistics": 1, "government": 2, "press": 3, "other": 4})
"""A publisher's kind, and the authority of what it states: 1 is believed first."""

LISTING_OPTIONS: Mapping[str, Mapping[str, type]] = MappingProxyType(
    {
        "hanweb": {"pages": int, "tag": str},
        "page": {"select": str, "pages": int, "next": str, "numbered": str, "first": int},
        "epaper": {"issue": str},
        "feed": {},
        "sitemap": {"match": str, "pages": int},
        "urls": {},
        "folder": {},
        "warc": {"sites": list, "languages": list, "words": list},
    }
)
"""The kinds of list that are read, and the options (with their types) that each understands."""

_LOCAL = frozenset({"folder", "warc"})  # kinds that stand at a path
_EITHER = frozenset({"urls"})  # kinds that stand at a path or an address

_DELAY = 1.0
_LONGEST_DELAY = 600.0
_FRESH = 1.0
_LONGEST_FRESH = 24.0 * 365
_HOST = re.compile(r"(?=.{1,253}$)[a-z0-9_]([a-z0-9_.-]*[a-z0-9_])?|[0-9a-f:.]{2,45}")
_ID = re.compile(r"[a-z][a-z0-9-]{0,39}")
_AREA = re.compile(r"\d{6}")
_TEXTS = ("id", "name", "kind", "home", "area", "licence", "terms", "verified")
_KEYS = (*_TEXTS, "rank", "hosts", "delay", "fresh", "settled", "listing")


@dataclass(frozen=True, slots=True)
class Listing:
    """One place where a publisher lists its articles: a kind, where it stands, and options.

    It stands at an address (`url`) or, for kinds that are here already, at a `path`; the other one is "" or None.
    """

    kind: str
    url: str = ""
    options: Mapping[str, Option] = field(default_factory=dict)
    path: Path | None = None

    @property
    def where(self) -> str:
        """Its address, or its path."""
        return self.url or str(self.path)

    def text(self, option: str, otherwise: str = "") -> str:
        """Return an option that is text."""
        return str(self.options.get(option, otherwise))

    def number(self, option: str, otherwise: int) -> int:
        """Return an option that is a number."""
        value = self.options.get(option, otherwise)
        return value if isinstance(value, int) else otherwise

    def texts(self, option: str) -> tuple[str, ...]:
        """Return an option that is a list of texts."""
        value = self.options.get(option, ())
        return value if isinstance(value, tuple) else ()


@dataclass(frozen=True, slots=True)
class Publisher:
    """Who publishes.

    `area` is the GB/T 2260 code of the place that it writes about, None where there is no single one. `hosts` bound
    where its lists and links may lead. `delay` is in seconds between two requests to one host. `licence` and `terms`
    say under which conditions the text stands; `verified` is the day on which the entry points were last reached,
    or ``never``. A page that was fetched less than `fresh` hours ago is not asked for again, nor is one that is kept
    and was listed under a day more than `settled` days ago (0: such a day never comes); others are asked for on
    condition that they have changed.
    """

    id: str
    name: str
    kind: str = "other"
    area: str | None = None
    rank: int = RANKS["other"]
    licence: str = ""
    hosts: tuple[str, ...] = ()
    home: str = ""
    listings: tuple[Listing, ...] = ()
    delay: float = _DELAY
    terms: str = ""
    verified: str = "never"
    fresh: float = 0.0
    settled: int = 0


INPUT = Publisher(id="input", name="Files given by the user")
"""The built-in publisher of what comes in as files and belongs to no configured one."""


def load_publishers(folder: Path) -> dict[str, Publisher]:
    """Read every ``*.toml`` of `folder` into publishers by id, in the order of their ids; `INPUT` is always among them.

    Raises `SettingsError` naming the file and key where one is wrong, or the folder where it cannot be read.
    """
    if not folder.is_dir():
        msg = f"the folder of publishers {folder} does not exist; point QZETL_PUBLISHERS at one with a TOML file each"
        raise SettingsError(msg)
    found = {INPUT.id: INPUT}
    for path in sorted(folder.glob("*.toml")):
        publisher = _read(path)
        if publisher.id == INPUT.id:
            raise _wrong(path, "id", f"{INPUT.id!r} is built in; choose another")
        found[publisher.id] = publisher
    return dict(sorted(found.items()))


def publisher_of(uri: str, publishers: Mapping[str, Publisher]) -> Publisher:
    """Return the publisher whose hosts hold the URI's, `INPUT` where there is none."""
    try:
        host = urlsplit(uri).hostname
    except ValueError:
        return INPUT
    return next((p for p in publishers.values() if host in p.hosts), INPUT)


def _wrong(path: Path, key: str, reason: str) -> SettingsError:
    return SettingsError(f"{path}: {key} {reason}")


def _read(path: Path) -> Publisher:
    try:
        table = tomllib.loads(path.read_text("utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        msg = f"{path} cannot be read as TOML ({error}); mend it"
        raise SettingsError(msg) from error
    if unknown := sorted(set(table) - set(_KEYS)):
        raise _wrong(path, ", ".join(unknown), f"is unknown; known are {', '.join(_KEYS)}")
    texts = _texts(path, table)
    home = _address(path, "home", texts["home"])
    hosts = _hosts(path, table.get("hosts", [urlsplit(home).hostname]))
    return Publisher(
        id=texts["id"],
        name=texts["name"],
        kind=texts["kind"],
        area=texts["area"] or None,
        rank=_rank(path, table.get("rank", RANKS[texts["kind"]])),
        licence=texts["licence"],
        hosts=hosts,
        home=home,
        listings=_listings(path, table.get("listing", []), hosts),
        delay=_number(path, "delay", table.get("delay", _DELAY), _LONGEST_DELAY, "seconds"),
        terms=texts["terms"],
        verified=texts["verified"],
        fresh=_number(path, "fresh", table.get("fresh", _FRESH), _LONGEST_FRESH, "hours"),
        settled=int(_number(path, "settled", table.get("settled", 0), 36_500, "days")),
    )


def _texts(path: Path, table: Mapping[str, object]) -> dict[str, str]:
    """Return every text of the file, checked one by one; what may be left out is "" then."""
    texts: dict[str, str] = {}
    for key in _TEXTS:
        value = table.get(key, "never" if key == "verified" else "")
        if not isinstance(value, str):
            raise _wrong(path, key, f"is {value!r}, but must be text")
        texts[key] = value.strip()
    if texts["id"] != path.stem or not _ID.fullmatch(texts["id"]):
        raise _wrong(path, "id", f"is {texts['id']!r}; write the file's own name: small letters, digits, hyphens")
    if not texts["name"]:
        raise _wrong(path, "name", "is missing; write the publisher's name as it calls itself")
    if texts["kind"] not in RANKS:
        raise _wrong(path, "kind", f"is {texts['kind']!r}; choose one of {', '.join(RANKS)}")
    if texts["area"] and not _AREA.fullmatch(texts["area"]):
        raise _wrong(path, "area", f"is {texts['area']!r}; write the six digits of GB/T 2260, or leave it out")
    return texts


def _address(path: Path, key: str, value: object) -> str:
    reason = f"is {value!r}; write an address that begins with http:// or https://"
    if not isinstance(value, str):
        raise _wrong(path, key, reason)
    try:
        parts = urlsplit(value)
    except ValueError as error:
        raise _wrong(path, key, reason) from error
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        raise _wrong(path, key, reason)
    return value


def _hosts(path: Path, value: object) -> tuple[str, ...]:
    hosts = value if isinstance(value, list) else []
    if not hosts or not all(isinstance(host, str) and _HOST.fullmatch(host.lower()) for host in hosts):
        raise _wrong(path, "hosts", f"is {value!r}; write a list of host names")
    return tuple(host.lower() for host in hosts)


def _rank(path: Path, value: object) -> int:
    if not isinstance(value, int) or value not in RANKS.values():
        raise _wrong(path, "rank", f"is {value!r}; write 1 (statistics), 2 (government), 3 (press) or 4 (other)")
    return value


def _number(path: Path, key: str, value: object, most: float, unit: str) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value <= most:
        raise _wrong(path, key, f"is {value!r}; write {unit} from 0 to {most:.0f}")
    return float(value)


def _listings(path: Path, value: object, hosts: tuple[str, ...]) -> tuple[Listing, ...]:
    if not isinstance(value, list) or not all(isinstance(table, dict) for table in value):
        raise _wrong(path, "listing", "must be [[listing]] tables")
    return tuple(_listing(path, f"listing {number}", table, hosts) for number, table in enumerate(value, 1))


def _listing(path: Path, where: str, table: Mapping[str, object], hosts: tuple[str, ...]) -> Listing:
    kind = table.get("kind")
    if not isinstance(kind, str) or kind not in LISTING_OPTIONS:
        raise _wrong(path, f"{where}: kind", f"is {kind!r}; choose one of {', '.join(LISTING_OPTIONS)}")
    place = _place(path, where, kind, table, hosts)
    known = LISTING_OPTIONS[kind]
    options: dict[str, Option] = {}
    for key, option in table.items():
        if key in {"kind", "url", "path"}:
            continue
        if key not in known:
            raise _wrong(path, f"{where}: {key}", f"is unknown to {kind}; known are {', '.join(known) or 'none'}")
        options[key] = _option(path, f"{where}: {key}", option, known[key])
    return replace(place, options=options)


def _place(path: Path, where: str, kind: str, table: Mapping[str, object], hosts: tuple[str, ...]) -> Listing:
    """Return a list of this kind at its address or path; a path is relative to the publisher's file."""
    given = table.get("path")
    if kind in _LOCAL or (kind in _EITHER and given is not None):
        if not isinstance(given, str) or not given or "url" in table:
            raise _wrong(path, f"{where}: path", f"is {given!r}; write where it stands, and no url")
        return Listing(kind, path=path.parent / Path(given).expanduser())
    if given is not None:
        raise _wrong(path, f"{where}: path", f"is unknown to {kind}, which stands at an url")
    url = _address(path, f"{where}: url", table.get("url"))
    if urlsplit(url).hostname not in hosts:
        raise _wrong(path, f"{where}: url", f"is {url!r}, whose host is not among hosts; add it there")
    return Listing(kind, url)


def _option(path: Path, key: str, value: object, kind: type) -> Option:
    if kind is list and isinstance(value, list) and value and all(isinstance(one, str) and one for one in value):
        return tuple(value)
    if isinstance(value, str | int) and not isinstance(value, bool) and isinstance(value, kind):
        if key.endswith(": match"):
            _check_pattern(path, key, str(value))
        return value
    raise _wrong(path, key, f"is {value!r}, but must be {'a list of str' if kind is list else kind.__name__}")


def _check_pattern(path: Path, key: str, value: str) -> None:
    try:
        re.compile(value)
    except re.error as error:
        raise _wrong(path, key, f"is {value!r}, which is no regular expression ({error})") from error
