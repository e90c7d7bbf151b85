"""Where releases are read from: a folder, a web host, or an object store; the same four questions to each."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

import polars as pl

from qzetl.dataset.files import file_digest
from qzetl.errors import ReleaseError

if TYPE_CHECKING:
    from obstore.store import ObjectStore

__all__ = ["Folder", "Place", "Remote", "object_store", "place_of"]

_HTTP = ("http://", "https://")
_CLIENT = ("allow_http", "timeout", "connect_timeout", "user_agent")


@dataclass(frozen=True, slots=True)
class Folder:
    """A folder of this machine."""

    root: Path

    def __str__(self) -> str:
        """Return its path."""
        return str(self.root)

    def read(self, path: str) -> bytes | None:
        """Return a file's bytes, None where it is not there."""
        try:
            return (self.root / path).read_bytes()
        except (FileNotFoundError, NotADirectoryError):
            return None

    def digest(self, path: str) -> str | None:
        """Return SHA-256 of a file in hexadecimal, None where it is not there."""
        held = self.root / path
        return file_digest(held) if held.is_file() else None

    def scan(self, path: str, schema: pl.Schema) -> pl.LazyFrame:  # noqa: ARG002 - a folder's files tell their schema
        """Return a Parquet file's rows, read only as far as they are asked for."""
        return pl.scan_parquet(self.root / path)

    def inside(self, path: str) -> Folder:
        """Return the place at `path` within this one."""
        return Folder(self.root / path)


@dataclass(frozen=True)
class Remote:
    """An object store or a web host, by its URL; `options` as Polars and obstore name them (``aws_endpoint`` …)."""

    url: str
    options: Mapping[str, str] = field(default_factory=dict)

    def __str__(self) -> str:
        """Return its URL."""
        return self.url

    @cached_property
    def _store(self) -> ObjectStore:
        return object_store(self.url, self.options)

    def read(self, path: str) -> bytes | None:
        """Return an object's bytes, None where it is not there; raises `ReleaseError` for no answer."""
        import obstore
        from obstore.exceptions import BaseError

        try:
            return bytes(obstore.get(self._store, path).bytes())
        except FileNotFoundError:
            return None
        except (BaseError, OSError) as error:
            reason = str(error).partition("\n")[0]
            msg = f"{self.url}/{path} cannot be read ({reason}); check the address, your credentials and the network"
            raise ReleaseError(msg) from error

    def digest(self, path: str) -> str | None:
        """Return SHA-256 of an object in hexadecimal, None where it is not there."""
        held = self.read(path)
        return None if held is None else hashlib.sha256(held).hexdigest()

    def scan(self, path: str, schema: pl.Schema) -> pl.LazyFrame:
        """Return a Parquet file's rows; of a web host, which may not serve parts of a file, the whole file is read."""
        if not self.url.startswith(_HTTP):
            return pl.scan_parquet(f"{self.url}/{path}", storage_options=dict(self.options) or None)
        return pl.defer(lambda: pl.read_parquet(BytesIO(self._needed(path))), schema=schema, validate_schema=False)

    def _needed(self, path: str) -> bytes:
        held = self.read(path)
        if held is None:
            msg = f"{self.url}/{path} is not there; the release is incomplete"
            raise ReleaseError(msg)
        return held

    def inside(self, path: str) -> Remote:
        """Return the place at `path` within this one."""
        return Remote(f"{self.url}/{path}", self.options)


Place = Folder | Remote


def place_of(source: str | Path, options: Mapping[str, str] | None = None) -> Place:
    """Return the place that `source` names: a path, or a URL (``https://``, ``s3://``, ``gs://``, ``az://``)."""
    if isinstance(source, str) and "://" in source:
        return Remote(source.rstrip("/"), options or {})
    return Folder(Path(source))


def object_store(url: str, options: Mapping[str, str] | None = None) -> ObjectStore:
    """Return the object store of `url`; what `options` leave open comes from the environment (``AWS_…``).

    Raises `ReleaseError` where the URL names no store or an option is none.
    """
    from obstore.exceptions import BaseError
    from obstore.store import from_url

    given: dict[str, Any] = {}
    client: dict[str, Any] = {}
    for key, value in (options or {}).items():
        name = key.lower()
        (client if name.removeprefix("aws_") in _CLIENT else given)[name] = value
    client = {key.removeprefix("aws_"): _flag(value) for key, value in client.items()}
    if url.startswith(_HTTP):
        client.setdefault("allow_http", url.startswith("http://"))
    options_of_store: Any = {"config": given or None, "client_options": client or None}
    try:
        return from_url(url, **options_of_store)
    except (BaseError, ValueError) as error:
        msg = f"{url} names no object store that can be opened ({str(error).partition(chr(10))[0]})"
        raise ReleaseError(msg) from error


def _flag(value: str) -> str | bool:
    return value.lower() == "true" if value.lower() in ("true", "false") else value
