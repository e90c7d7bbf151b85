"""The fate of every page, file and list that collecting was asked for: nothing is lost silently."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

__all__ = ["CollectReport", "Outcome"]

_KEPT = frozenset({"new", "changed", "unchanged"})
_QUIET = frozenset({"skipped", "listed", "empty-list"})


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one page, file or list.

    ``new``, ``changed``, ``unchanged``: its bytes are in the archive under (`publisher`, `day`). ``listed``: a list
    was read, ``empty-list``: it was read and names nothing in the range asked for; ``skipped``: it was seen and is
    not meant to be an article (a picture in a folder, a redirect in a WARC). All others name a failure, such as
    ``http-404``, ``robots-denied``, ``timeout``, ``too-large``, ``not-found``; `message` then says what to do.
    """

    publisher: str
    day: date
    uri: str
    outcome: str
    message: str = ""

    @property
    def kept(self) -> bool:
        """Whether the archive holds it."""
        return self.outcome in _KEPT

    @property
    def ok(self) -> bool:
        """Whether nothing went wrong."""
        return self.kept or self.outcome in _QUIET


@dataclass(frozen=True, slots=True)
class CollectReport:
    """The fates of all that one call was asked for, in the order in which they came."""

    outcomes: Sequence[Outcome] = field(default_factory=tuple)

    @property
    def partitions(self) -> list[tuple[str, date]]:
        """The partitions (publisher id, day) whose captures this call found, sorted, each once."""
        return sorted({(outcome.publisher, outcome.day) for outcome in self.outcomes if outcome.kept})

    @property
    def counts(self) -> dict[str, int]:
        """How many had which outcome, by the outcome's name."""
        return dict(sorted(Counter(outcome.outcome for outcome in self.outcomes).items()))

    @property
    def failures(self) -> list[Outcome]:
        """Those that were asked for and not done."""
        return [outcome for outcome in self.outcomes if not outcome.ok]
