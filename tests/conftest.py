"""Fixtures that every room's tests may use."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="session")
def root() -> Path:
    """The project's root folder."""
    return ROOT


@pytest.fixture(scope="session")
def shared() -> Path:
    """The annotated articles and pages that developers and CI have beside the checkout."""
    folder = ROOT.parent / "shared"
    if not (folder / "gold").is_dir():
        pytest.skip("the annotated articles and pages (../shared) are not on this machine")
    return folder


class Command:
    """The installed command, called as a user's script does, with everything kept under `folder`."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        own = {name: value for name, value in os.environ.items() if not name.startswith(("QZETL_", "PREFECT_"))}
        self.environment = own | {"QZETL_HOME": str(folder / "data"), "QZETL_OUTPUT": str(folder / "output")}

    def __call__(self, *arguments: str | Path, stdin: str = "", **more: str) -> subprocess.CompletedProcess[str]:
        """Call ``qzetl`` with `arguments`; `more` goes into its environment."""
        return self.call(Path(sys.executable).with_name("qzetl"), *arguments, stdin=stdin, **more)

    def call(self, *command: str | Path, stdin: str = "", **more: str) -> subprocess.CompletedProcess[str]:
        """Call any command in the same surroundings."""
        return subprocess.run(
            command,
            input=stdin,
            env=self.environment | more,
            cwd=self.folder,
            capture_output=True,
            encoding="utf-8",
            check=False,
            timeout=300,
        )


@pytest.fixture
def qzetl(tmp_path: Path) -> Command:
    """The command, with everything kept under `tmp_path`."""
    return Command(tmp_path)


@pytest.fixture(scope="session")
def command_in() -> Callable[[Path], Command]:
    """Make the command for a folder that lives longer than one test."""
    return Command
