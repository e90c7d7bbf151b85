"""What Prefect finds around it; imported before Prefect is, so that it counts. Nothing that is set is overruled.

Without an API to talk to, a flow starts an embedded server whose database would land in ~/.prefect; it belongs to the
run, so it is kept with the run's data instead.
"""

from __future__ import annotations

import os

from qzetl.settings import Settings

__all__: list[str] = []

os.environ.setdefault("DO_NOT_TRACK", "1")
os.environ.setdefault("PREFECT_SERVER_ANALYTICS_ENABLED", "false")
# The embedded server imports for some seconds, and longer on a busy machine; the default is 20.
os.environ.setdefault("PREFECT_SERVER_EPHEMERAL_STARTUP_TIMEOUT_SECONDS", "120")
if not {"PREFECT_HOME", "PREFECT_API_URL", "PREFECT_PROFILE"} & os.environ.keys():
    home = (Settings.load().home / "prefect").resolve()
    home.mkdir(parents=True, exist_ok=True)  # Prefect makes the last folder only, and then waits for its server in vain
    os.environ["PREFECT_HOME"] = str(home)
