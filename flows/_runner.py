"""Where tasks run: in threads of the flow's process, or on a Dask cluster where the settings name one."""

from __future__ import annotations

from typing import Any

import _surroundings  # noqa: F401 - before Prefect
from prefect.task_runners import TaskRunner, ThreadPoolTaskRunner

from qzetl.errors import SettingsError
from qzetl.settings import Settings

__all__ = ["task_runner"]

_SITES_AT_ONCE = 16  # publishers that are waited for at the same time


def task_runner() -> TaskRunner[Any]:
    """Return the runner that the settings ask for; raises `SettingsError` where what it needs is not installed."""
    address = Settings.load().dask
    if address is None:
        return ThreadPoolTaskRunner(max_workers=_SITES_AT_ONCE)
    try:
        from _cluster import ClusterTaskRunner
    except ImportError as error:
        msg = "QZETL_DASK is set, but prefect-dask is not installed; install qzetl[dask], or unset it"
        raise SettingsError(msg) from error
    return ClusterTaskRunner(address=address)
