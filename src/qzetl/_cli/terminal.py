"""What the commands say and to whom: JSON and summaries on stdout, remarks and progress on stderr.

Progress is drawn only where stderr is a terminal, so that logs and pipes stay quiet.
"""

from __future__ import annotations

import json
import logging
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import TextIO

from qzetl.report import Step

__all__ = ["log_lines", "progress", "say", "speak_utf8", "stop_writing", "write_json"]


def speak_utf8() -> None:
    """Write UTF-8 whatever the locale; a lone surrogate becomes its escape, which JSON reads back."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace", newline="\n")


def say(message: str, stream: TextIO | None = None) -> None:
    """Write one remark for people, to stderr unless `stream` says otherwise."""
    (stream or sys.stderr).write(message + "\n")


def write_json(value: object) -> None:
    """Write one line of JSON to stdout."""
    sys.stdout.write(json.dumps(value, ensure_ascii=False, default=str) + "\n")


def stop_writing() -> None:
    """Leave quietly after the reader of a pipe has gone: nothing is flushed into it at exit."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


@contextmanager
def progress() -> Iterator[Step]:
    """Give a function to report progress to; it draws a bar on a terminal and does nothing elsewhere."""
    if not sys.stderr.isatty():
        yield lambda _what, _done, _total: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bars:
        bar = bars.add_task("", total=None)
        yield lambda what, done, total: bars.update(bar, description=what, completed=done, total=total or None)


@contextmanager
def log_lines(name: str) -> Iterator[None]:
    """Write what the logger `name` is told as lines of JSON to stderr; on a terminal progress is drawn instead."""
    if sys.stderr.isatty():
        yield
        return
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(_Lines())
    logger = logging.getLogger(name)
    before = logger.level
    logger.addHandler(handler)
    logger.setLevel(logging.INFO)
    try:
        yield
    finally:
        logger.removeHandler(handler)
        logger.setLevel(before)


class _Lines(logging.Formatter):
    """One JSON object a record: when, how grave, what it says of itself, and the words."""

    def format(self, record: logging.LogRecord) -> str:
        moment = datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds")
        told = {"time": moment, "level": record.levelname.lower(), **getattr(record, "qzetl", {})}
        return json.dumps({**told, "message": record.getMessage()}, ensure_ascii=False)
