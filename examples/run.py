"""Run a command against the example site: ``python examples/run.py qzetl run``.

The site is served on loopback for as long as the command runs, with the settings that lead there; the command's exit
code is returned.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

__all__ = ["run"]

_HERE = Path(__file__).resolve().parent


def run(command: list[str]) -> int:
    """Serve the example site, run `command` with the settings for it, and return its exit code."""
    with subprocess.Popen(
        [sys.executable, str(_HERE / "serve.py")], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as server:
        if server.stdin is None or server.stdout is None or not (connect_to := server.stdout.readline().strip()):
            print("the example site could not be served; run examples/serve.py to see why", file=sys.stderr)
            return 1
        settings = {"QZETL_CONNECT_TO": connect_to, "QZETL_PUBLISHERS": str(_HERE / "publishers")}
        try:
            return subprocess.run(command, env={**os.environ, **settings}, check=False).returncode
        except FileNotFoundError:
            print(f"{command[0]} was not found; name a command that is on PATH, or its path", file=sys.stderr)
            return 1
        finally:
            server.stdin.close()


def main() -> None:
    """Run what stands on the command line."""
    if len(sys.argv) == 1:
        print("usage: python examples/run.py COMMAND [ARGUMENT…]", file=sys.stderr)
        sys.exit(2)
    sys.exit(run(sys.argv[1:]))


if __name__ == "__main__":
    main()
