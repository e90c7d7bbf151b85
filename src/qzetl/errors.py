"""Every error qzetl raises on purpose; anything else that escapes is a bug.

::

    QzetlError                 what was asked for cannot be done; the message says what to do next
    ├── UsageError             the call itself is wrong (exit code 2)
    ├── SettingsError          qzetl.toml, an environment variable or a publisher's file is wrong
    ├── SchemaError            a file under schemas/ is missing, unreadable or contradicts itself
    ├── InputError             one input cannot be read; the others go on
    ├── CollectLaterError      a publisher's lists did not answer, and may do so later
    ├── FetchError             one request failed for good; the others go on
    ├── ArchiveError           the archive of raw bytes cannot be written or read
    ├── StoreError             the working tables cannot be written or read
    ├── BackfillError          a backfill cannot go on, or its rows must not be swapped in
    └── ReleaseError           a release cannot be built, verified or found
"""

from __future__ import annotations

__all__ = [
    "ArchiveError",
    "BackfillError",
    "CollectLaterError",
    "FetchError",
    "InputError",
    "QzetlError",
    "ReleaseError",
    "SchemaError",
    "SettingsError",
    "StoreError",
    "UsageError",
]


class QzetlError(Exception):
    """What was asked for cannot be done; the message names the thing and says what to do next."""


class UsageError(QzetlError):
    """The call itself is wrong: an option, a date, an argument."""


class SettingsError(QzetlError):
    """A setting, an environment variable or a publisher's file is wrong."""


class SchemaError(QzetlError):
    """A file under schemas/ is missing, unreadable or contradicts itself."""


class InputError(QzetlError):
    """One input cannot be read; the others go on."""

    def __init__(self, outcome: str, message: str) -> None:
        """Keep the named `outcome` (e.g. ``empty``, ``binary``, ``no-article``) beside the message."""
        super().__init__(message)
        self.outcome = outcome


class FetchError(QzetlError):
    """One request failed for good; the others go on."""

    def __init__(self, outcome: str, message: str) -> None:
        """Keep the named `outcome` (e.g. ``http-404``, ``robots-denied``) beside the message."""
        super().__init__(message)
        self.outcome = outcome


class ArchiveError(QzetlError):
    """The archive of raw bytes cannot be written or read."""


class StoreError(QzetlError):
    """The working tables cannot be written or read."""


class BackfillError(QzetlError):
    """A backfill cannot go on, or its rows must not take the old ones' place."""


class CollectLaterError(QzetlError):
    """A publisher's lists did not answer for a reason that may pass; it should be collected from again."""


class ReleaseError(QzetlError):
    """A release cannot be built, verified or found."""
