"""The command `qzetl`: every stage by hand, without Prefect and without a server.

Scripts rely on it: commands, options, JSON keys and exit codes (0 done, 1 something asked for was not done,
2 wrong usage) are an interface, written down in docs/cli.md.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import Final

from cyclopts import App, CycloptsError

from qzetl import __version__
from qzetl._cli import (
    archiving,
    backfilling,
    collecting,
    explaining,
    keeping,
    mentions,
    publishers,
    publishing,
    reading,
    rejecting,
    running,
    watching,
)
from qzetl._cli.terminal import say, speak_utf8, stop_writing
from qzetl.errors import QzetlError, UsageError

__all__ = ["app", "main"]

_INTERRUPTED: Final = 130  # what a shell gives a process that Ctrl-C ended


def _version() -> str:
    from qzetl.extract import is_compiled

    return f"{__version__} (extraction {'compiled' if is_compiled() else 'interpreted'})"


app = App(
    name="qzetl",
    help="From Chinese regional news to an open dataset in which every number carries its sentence.",
    help_epilogue="QZETL_HOME (default ./data) and QZETL_OUTPUT (default ./output) say where things are kept.",
    help_format="markdown",
    version=_version,
    result_action="return_value",
    suppress_keyboard_interrupt=False,
)
app.command(reading.read)
app.command(mentions.extract)
app.command(explaining.explain)
app.command(collecting.collect)
app.command(archiving.archive)
app.command(publishers.publishers)
app.command(running.run)
app.command(backfilling.app)
app.command(watching.status)
app.command(watching.canary)
app.command(publishing.release)
app.command(publishing.releases)
app.command(publishing.show)
app.command(publishing.publish)
app.command(keeping.promote)
app.command(keeping.prune)
app.command(rejecting.rejects)
app.command(keeping.store)
app.command(keeping.schema)


def main(tokens: Sequence[str] | None = None) -> int:
    """Run one command; return its exit code."""
    speak_utf8()
    try:
        code = app(tokens, exit_on_error=False, print_error=False)
        sys.stdout.flush()
    except CycloptsError as error:
        say(f"qzetl: {error}\nSee qzetl --help, or qzetl COMMAND --help.")
        return 2
    except UsageError as error:
        say(f"qzetl: {error}")
        return 2
    except QzetlError as error:
        say(f"qzetl: {error}")
        return 1
    except BrokenPipeError:
        stop_writing()
        return 1
    except KeyboardInterrupt:
        say("qzetl: interrupted; what was done so far is kept, run it again to go on")
        return _INTERRUPTED
    return code or 0
