"""Where things are kept and what applies to every run: one frozen `Settings`, read once.

Order of precedence: environment (`QZETL_*`), then `qzetl.toml` in the working directory, then defaults.
No other module reads the environment.
"""

from __future__ import annotations

import os
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from qzetl.errors import SettingsError

__all__ = ["Settings", "gold_dir", "schemas_dir"]

_PACKAGE = Path(__file__).resolve().parent
_PLACE = re.compile(r"[^\s:]+:\d{1,5}|\[[0-9A-Fa-f:.]+\]:\d{1,5}")
_TEXTS = ("contact", "store_url", "dask", "notify_url", "notify_command")
_KEYS = ("home", "output", "publishers", "connect_to", "notify_after", *_TEXTS)


def schemas_dir() -> Path:
    """Return the folder of the public contract: inside an installed wheel, or at the top of a checkout."""
    for candidate in (_PACKAGE / "_schemas", _PACKAGE.parent.parent / "schemas"):
        if candidate.is_dir():
            return candidate
    msg = f"schemas/ was found neither in {_PACKAGE} nor beside src/; reinstall qzetl or run from a whole checkout"
    raise SettingsError(msg)


def gold_dir() -> Path | None:
    """Return the folder of annotated articles that accuracy is measured on, None where it was not installed."""
    candidates = (_PACKAGE / "_gold", _PACKAGE.parent.parent / "tests/gold")
    return next((each for each in candidates if each.is_dir()), None)


@dataclass(frozen=True, slots=True)
class Settings:
    """What one run needs to know about its surroundings.

    `home` holds the archive and the store, `output` the releases, `publishers` one TOML file a publisher.
    `contact` goes into the user agent. `connect_to` maps a host name to a ``host:port`` to connect to in its
    place, as curl's ``--connect-to`` does; hosts named there may be on loopback. `store_url` is an object store for
    the working tables (``s3://bucket/prefix``), in place of a folder under `home`; `dask` is the address of a cluster's
    scheduler (``tcp://host:8786``) on which the flows' tasks run. `notify_url` and `notify_command`
    are told of runs that fail and, with `notify_after` days, of publishers from which nothing new came for so long.
    """

    home: Path = Path("data")
    output: Path = Path("output")
    publishers: Path = field(default_factory=lambda: schemas_dir() / "publishers")
    contact: str | None = None
    connect_to: Mapping[str, str] = field(default_factory=dict)
    store_url: str | None = None
    dask: str | None = None
    notify_url: str | None = None
    notify_command: str | None = None
    notify_after: int | None = None

    @property
    def archive(self) -> Path:
        """The folder of WARC files."""
        return self.home / "archive"

    @property
    def store(self) -> Path | str:
        """The folder of Delta tables, or its URL."""
        return self.store_url or self.home / "store"

    @classmethod
    def load(cls, environ: Mapping[str, str] | None = None, directory: Path | None = None) -> Settings:
        """Read the settings of `directory` (its `qzetl.toml`, if any) and of `environ`.

        Raises `SettingsError` for an unreadable `qzetl.toml`, an unknown key in it, or a malformed value.
        """
        environ = os.environ if environ is None else environ
        given: dict[str, object] = dict(_read_toml((directory or Path()) / "qzetl.toml"))
        given.update({key: environ[name] for key in _KEYS if environ.get(name := f"QZETL_{key.upper()}")})
        values: dict[str, object] = {}
        for key, value in given.items():
            if key == "connect_to":
                values[key] = _connect_to(value)
            elif key == "notify_after":
                values[key] = _days(value)
            elif not isinstance(value, str):
                msg = f"setting {key!r} is {value!r}, but must be text"
                raise SettingsError(msg)
            else:
                values[key] = value if key in _TEXTS else Path(value).expanduser()
        return cls(**values)  # type: ignore[arg-type]


def _read_toml(path: Path) -> dict[str, object]:
    if not path.is_file():
        return {}
    try:
        found = tomllib.loads(path.read_text("utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        msg = f"{path} cannot be read as TOML ({error}); mend or remove it"
        raise SettingsError(msg) from error
    if unknown := sorted(set(found) - set(_KEYS)):
        msg = f"{path} has unknown settings {', '.join(unknown)}; known are {', '.join(_KEYS)}"
        raise SettingsError(msg)
    return found


def _connect_to(value: object) -> dict[str, str]:
    """Read `{"host": "host:port"}`, or the environment's form ``host=host:port,host=host:port``."""
    if isinstance(value, str):
        value = {part.partition("=")[0]: part.partition("=")[2] for part in value.split(",") if part.strip()}
    places = {str(k).strip(): str(v).strip() for k, v in value.items()} if isinstance(value, dict) else {"": ""}
    if not all(host and _PLACE.fullmatch(place) for host, place in places.items()):
        msg = f"connect_to is {value!r}; write it as host=address:port, with commas between several"
        raise SettingsError(msg)
    return places


def _days(value: object) -> int:
    try:
        days = int(str(value))
    except ValueError:
        days = 0
    if days < 1:
        msg = f"notify_after is {value!r}; write a number of days, 1 or more"
        raise SettingsError(msg)
    return days
