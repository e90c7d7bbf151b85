"""Tasks on a Dask cluster; needs the extra `dask`."""

from __future__ import annotations

from pathlib import Path

import _surroundings  # noqa: F401 - before Prefect
from prefect_dask.client import PrefectDaskClient
from prefect_dask.task_runners import DaskTaskRunner

__all__ = ["ClusterTaskRunner"]


class ClusterTaskRunner(DaskTaskRunner):
    """Prefect's runner, which gives the flows' modules to scheduler and workers, so that these need no path to them.

    A task is sent by the name of its module. Modules that a worker has loaded stay as they are: after an upgrade,
    workers are to be started anew, as for the package itself.
    """

    @property
    def client(self) -> PrefectDaskClient:
        """Return the cluster's client, connecting first where there is none; workers that join later are served too."""
        connected = self._client is not None
        client = super().client
        if not connected:
            for path in sorted(Path(__file__).parent.glob("*.py")):
                client.upload_file(str(path), load=False)
        return client
