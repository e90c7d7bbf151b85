"""Releases in an object store: uploaded under their version, verified there, and pointed to last.

::

    <prefix>/releases/<version>/…     every file of the release; SHA256SUMS comes last
    <prefix>/latest.json              which release is the newest: swapped by a conditional put
    <prefix>/index.html               leads a browser to that release's site

Nothing is ever cleared. An upload that was cut off goes on where it stopped: files that are there with the right bytes
are left alone. Two that publish at once both upload; whoever swaps the pointer second is told so and changes nothing.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any

from qzetl.dataset.catalogue import version_order
from qzetl.dataset.files import file_digest
from qzetl.dataset.places import object_store
from qzetl.dataset.verify import SUMS, verify_files
from qzetl.errors import ReleaseError, UsageError

if TYPE_CHECKING:
    from obstore.store import ObjectStore

__all__ = ["POINTER", "Uploaded", "upload_release"]

POINTER = "latest.json"
_PAGE = "index.html"
_PART = 8 * 1024 * 1024  # bytes of a part; larger files go up in parts of this size, which their ETag tells
_SCHEMES = ("s3://", "s3a://", "gs://", "az://", "abfs://", "abfss://", "memory://")
_TYPES = {
    ".html": "text/html; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".svg": "image/svg+xml",
    ".js": "text/javascript; charset=utf-8",
    ".json": "application/json",
    ".jsonld": "application/ld+json",
    ".csv": "text/csv; charset=utf-8",
    ".md": "text/markdown; charset=utf-8",
    ".parquet": "application/vnd.apache.parquet",
    ".cff": "application/yaml",
}
_LEADING = """\
<!doctype html>
<html lang="zh-CN">
<meta charset="utf-8">
<meta http-equiv="refresh" content="0; url={to}">
<title>qzetl</title>
<a href="{to}">qzetl</a>
</html>
"""
_FEW = 3
_AT_ONCE = 8

Step = Callable[[str, int, int], None]
"""Is told of progress: the file, how many are done, how many there are."""


@dataclass(frozen=True, slots=True)
class Uploaded:
    """What an upload did: files put and files found there already, bytes put, and whether the pointer was swapped."""

    version: str
    url: str
    put: int
    found: int
    bytes: int
    pointed: bool


@dataclass(frozen=True, slots=True)
class _Local:
    path: str
    file: Path
    size: int
    digest: str


def upload_release(
    folder: Path,
    target: str,
    *,
    back: bool = False,
    store: ObjectStore | None = None,
    step: Step = lambda _path, _done, _all: None,
) -> Uploaded:
    """Upload the release in `folder` to `target` (``s3://bucket/prefix``) and point to it.

    `back` allows the pointer to go to an older release than it names. `store` is the object store at `target` where
    it needs options of its own; by default the environment tells (``AWS_…``). `step` is told of progress.

    Raises `UsageError` for a target that is no object store, `ReleaseError` where the release is damaged, where another
    one of its version is there, where the uploaded files differ, or where somebody else published meanwhile.
    """
    if not target.startswith(_SCHEMES):
        msg = f"{target!r} is no object store; write s3://bucket/prefix (or gs://, az://)"
        raise UsageError(msg)
    if problems := verify_files(folder):
        msg = f"the release {folder} is damaged ({'; '.join(problems[:_FEW])}), so nothing was uploaded"
        raise ReleaseError(msg)
    version = str(json.loads((folder / "datapackage.json").read_text("utf-8"))["version"])
    bucket = _Bucket(store if store is not None else object_store(target), target)
    before = bucket.pointer()
    if before.version and version_order(before.version) > version_order(version) and not back:
        msg = f"{target} already points to {before.version}, which is newer than {version}; --back goes back to it"
        raise ReleaseError(msg)
    root = f"releases/{version}"
    files = _local(folder)
    bucket.refuse_other(f"{root}/{SUMS}", files[-1].file)
    held = bucket.listed(root)
    put = [each for each in files if not bucket.holds(f"{root}/{each.path}", each, held)]
    _put(bucket, root, put, step)
    bucket.verify(root, files, {each.path for each in put})
    pointed = bucket.point(before, {"version": version, "path": root, "sha256sums": files[-1].digest})
    size = sum(each.size for each in put)
    return Uploaded(version, f"{target.rstrip('/')}/{root}", len(put), len(files) - len(put), size, pointed)


def _put(bucket: _Bucket, root: str, files: list[_Local], step: Step) -> None:
    """Upload the files, several at once; the last, which lists the others, when they are all there."""
    with ThreadPoolExecutor(_AT_ONCE) as pool:
        done = pool.map(lambda each: bucket.put(f"{root}/{each.path}", each), files[:-1])
        for number, (each, _) in enumerate(zip(files, done, strict=False), start=1):
            step(each.path, number, len(files))
    for each in files[-1:]:
        bucket.put(f"{root}/{each.path}", each)


def _local(folder: Path) -> list[_Local]:
    """Return the release's files in the order of their upload: what lists them all comes last."""
    paths = sorted(path for path in folder.rglob("*") if path.is_file() and path.name != SUMS)
    return [
        _Local(path.relative_to(folder).as_posix(), path, path.stat().st_size, file_digest(path))
        for path in [*paths, folder / SUMS]
    ]


@dataclass(frozen=True, slots=True)
class _Pointer:
    """What the pointer says, and the ETag that a swap is conditional on; all None where there is none yet."""

    version: str | None = None
    digest: str | None = None
    tag: str | None = None


@dataclass(frozen=True, slots=True)
class _Bucket:
    """The object store at the target."""

    store: ObjectStore
    target: str

    def pointer(self) -> _Pointer:
        """Return what the pointer says now."""
        try:
            answer = self._call("get", POINTER)
        except FileNotFoundError:
            return _Pointer()
        tag = answer.meta["e_tag"]
        try:
            said = json.loads(bytes(answer.bytes()))
            return _Pointer(said["version"], said["sha256sums"], tag)
        except (ValueError, KeyError, TypeError) as error:
            msg = f"{self.target}/{POINTER} was not written by qzetl ({error}); choose another prefix or remove it"
            raise ReleaseError(msg) from error

    def listed(self, root: str) -> dict[str, Any]:
        """Return what is there under `root`: size and ETag by path."""
        return {each["path"]: each for each in self._call("list", f"{root}/")}

    def refuse_other(self, path: str, sums: Path) -> None:
        """Raise where a whole release of this version is there that is another one: releases never change."""
        try:
            there = bytes(self._call("get", path).bytes())
        except FileNotFoundError:
            return
        if there != sums.read_bytes():
            msg = f"{self.target}/{path} lists other files: another release bears this version; nothing was changed"
            raise ReleaseError(msg)

    def holds(self, path: str, local: _Local, held: dict[str, Any]) -> bool:
        """Tell whether the object at `path` has the local file's bytes: by its ETag, else by reading it."""
        there = held.get(path)
        if there is None or there["size"] != local.size:
            return False
        if (there["e_tag"] or "").strip('"') in _tags(local.file):
            return True
        return hashlib.sha256(bytes(self._call("get", path).bytes())).hexdigest() == local.digest

    def put(self, path: str, local: _Local) -> None:
        """Upload one file; a large one in parts."""
        attributes = {"Content-Type": _TYPES.get(local.file.suffix, "application/octet-stream")}
        large = local.size > _PART
        self._call("put", path, local.file, attributes=attributes, use_multipart=large, chunk_size=_PART)

    def verify(self, root: str, files: list[_Local], put: set[str]) -> None:
        """Raise where the listing is not that of the release, or where an object's bytes differ."""
        held = self.listed(root)
        wanted = {f"{root}/{each.path}" for each in files}
        wrong = sorted(wanted ^ set(held))
        wrong += [each.path for each in files if each.path in put and not self.holds(f"{root}/{each.path}", each, held)]
        if wrong:
            msg = f"{self.target}: {', '.join(wrong[:_FEW])} missing, altered or not of the release; publish again"
            raise ReleaseError(msg)

    def point(self, before: _Pointer, said: dict[str, str]) -> bool:
        """Swap the pointer if it is still as it was `before`; False where it says so already."""
        from obstore.exceptions import AlreadyExistsError, PreconditionError

        wanted = (said["version"], said["sha256sums"])
        if (before.version, before.digest) == wanted:
            self._page(said)
            return False
        mode = {"e_tag": before.tag} if before.tag else "create"
        body = (json.dumps(said, indent=2) + "\n").encode()
        try:
            self._call("put", POINTER, body, mode=mode, attributes={"Content-Type": _TYPES[".json"]})
        except (AlreadyExistsError, PreconditionError) as error:
            now = self.pointer()
            if (now.version, now.digest) == wanted:
                return False
            msg = (
                f"somebody else published {now.version} to {self.target} meanwhile; its pointer stands, and "
                f"{said['version']} is uploaded but not pointed to: publish again if it should be"
            )
            raise ReleaseError(msg) from error
        self._page(said)
        return True

    def _page(self, said: dict[str, str]) -> None:
        """Write the page that leads to the site; who finds it old is led to a release that is whole all the same."""
        to = escape(f"{said['path']}/site/index.html")
        self._call("put", _PAGE, _LEADING.format(to=to).encode(), attributes={"Content-Type": _TYPES[".html"]})

    def _call(self, name: str, *arguments: object, **more: object) -> Any:  # noqa: ANN401 - each call's own
        """Ask the store; what it refuses becomes a `ReleaseError` that says where."""
        import obstore
        from obstore.exceptions import AlreadyExistsError, BaseError, PreconditionError

        try:
            answer = getattr(obstore, name)(self.store, *arguments, **more)
            return answer.collect() if name == "list" else answer
        except (FileNotFoundError, AlreadyExistsError, PreconditionError):
            raise
        except (BaseError, OSError) as error:
            reason = str(error).partition("\n")[0]
            msg = f"{self.target} does not take part ({reason}); check address and credentials (AWS_…), publish again"
            raise ReleaseError(msg) from error


def _tags(file: Path) -> set[str]:
    """Return the ETags that S3 gives a file: MD5 of its bytes, or of its parts' MD5s where it came in parts."""
    with file.open("rb") as opened:
        parts = [hashlib.md5(part, usedforsecurity=False) for part in iter(lambda: opened.read(_PART), b"")]
    if len(parts) <= 1:
        return {(parts[0] if parts else hashlib.md5(usedforsecurity=False)).hexdigest()}
    whole = hashlib.md5(b"".join(part.digest() for part in parts), usedforsecurity=False).hexdigest()
    return {f"{whole}-{len(parts)}"}
