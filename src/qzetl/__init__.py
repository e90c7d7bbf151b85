"""qzetl: from Chinese regional news to an open dataset in which every number carries its sentence.

The rooms, in the order in which an article walks through them: `qzetl.collect`, `qzetl.read`, `qzetl.extract`,
`qzetl.dataset`, `qzetl.site`; `qzetl.pipeline` joins them, the command `qzetl` and the flows run it. This module is the
public face: releases opened for use, settings, the error tree and the version. It imports nothing heavy.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from qzetl.errors import QzetlError
from qzetl.settings import Settings

if TYPE_CHECKING:
    from qzetl.dataset.opened import Dataset

__all__ = ["QzetlError", "Settings", "__version__", "open"]

__version__ = "0.1.0"


def open(  # noqa: A001 - it is called as qzetl.open
    source: str | Path, *, storage_options: Mapping[str, str] | None = None, verify: bool = False
) -> Dataset:
    """Open a release: a folder, a web address or an object store (``s3://``, ``gs://``, ``az://``).

    `source` is a release, or the place that releases are published to, whose pointer is followed.
    `storage_options` are those of Polars and obstore (``aws_endpoint``, ``aws_region``, …); what they leave open comes
    from the environment. With `verify` every file's SHA-256 is compared first.

    Raises `QzetlError` where there is no release, or where a file of it is missing or altered (`verify`).

    >>> import qzetl
    >>> ds = qzetl.open("output")
    >>> ds.series(indicator="GDP", measure="GROWTH_YOY").select("area", "period", "value").collect().rows()
    [('330800', '2023', 6.8)]
    """
    from qzetl.dataset.opened import open_release

    return open_release(source, storage_options=storage_options, verify=verify)
