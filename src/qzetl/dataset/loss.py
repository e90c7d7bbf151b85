"""Whether a release would lose rows that readers rely on; such a release stops and asks."""

from __future__ import annotations

from collections.abc import Mapping

from qzetl.errors import ReleaseError

__all__ = ["LOST_ROWS", "LOST_SHARE", "refuse_loss"]

LOST_SHARE = 0.02
"""A release may lose this share of a table's rows without being asked about it …"""

LOST_ROWS = 20
"""… and always this many: in a small store one article is a large share."""

_WATCHED = ("articles", "observations", "series", "happenings")


def refuse_loss(lost: Mapping[str, tuple[int, int]], base: str) -> None:
    """Raise `ReleaseError` where more rows went than may; `lost` gives rows gone and rows before for each table."""
    much = [
        f"{gone:,} of {before:,} {table} ({gone / before:.1%})"
        for table in _WATCHED
        if (gone := lost[table][0]) > LOST_ROWS and gone > LOST_SHARE * (before := lost[table][1])
    ]
    if much:
        msg = (
            f"the release would lose {' and '.join(much)} of release {base}, more than {LOST_SHARE:.0%}, so nothing "
            "was published; where that is right, say why: qzetl release --accept-loss REASON"
        )
        raise ReleaseError(msg)
