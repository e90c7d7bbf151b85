"""Build hook: compile `qzetl.extract` into the wheel with mypyc, where the build asks for it.

Off unless HATCH_BUILD_HOOK_ENABLE_CUSTOM=true (`make wheel` sets it): a plain wheel is pure Python and needs no
compiler. An editable install is never compiled, for its modules would stay what they were when their sources change.
All happens in a folder of its own, so that no build leaves modules beside the sources
(docs/decisions/0014-compiled-extraction.md).
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import sysconfig
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

ROOM = "qzetl/extract"
_LAST_LINES = 30
_FAILED = """qzetl.extract could not be compiled; the compiler's last words:
{words}
A compiled wheel needs a C compiler and Python's headers (Debian: apt-get install gcc libc6-dev python3-dev).
Without HATCH_BUILD_HOOK_ENABLE_CUSTOM the wheel is pure Python, slower and the same in all it says."""


class CompileExtract(BuildHookInterface[Any]):
    """Adds one extension module for each module of the room, and the library that they share."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Compile, and name the modules to the builder, which copies them between here and `finalize`."""
        if version == "editable":
            return
        self.folder = TemporaryDirectory(prefix="qzetl-compile-")
        folder = Path(self.folder.name)
        shutil.copytree(Path(self.root) / "src", folder, dirs_exist_ok=True, ignore=_no_source)
        compile_room(folder)
        suffix = sysconfig.get_config_var("EXT_SUFFIX")
        modules = {str(path): str(path.relative_to(folder)) for path in _built(folder, suffix)}
        build_data["force_include"].update(modules)
        build_data["infer_tag"] = True
        build_data["pure_python"] = False

    def finalize(self, version: str, build_data: dict[str, Any], artifact_path: str) -> None:  # noqa: ARG002
        """Remove what was compiled, which the wheel holds by now."""
        if version != "editable":
            self.folder.cleanup()


def compile_room(folder: Path) -> None:
    """Compile the room's modules in `folder`, a copy of src/, each beside its source.

    Raises `RuntimeError` with the end of the compiler's output.
    """
    sources = sorted(str(path.relative_to(folder)) for path in (folder / ROOM).glob("*.py"))
    # What the room imports from elsewhere need not be installed to compile it: its types are then not known.
    command = [sys.executable, "-m", "mypyc", "--ignore-missing-imports", *sources]
    environment = {"MYPYC_DEBUG_LEVEL": "0"} | os.environ
    done = subprocess.run(
        command, cwd=folder, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False
    )
    if done.returncode:
        raise RuntimeError(_FAILED.format(words="\n".join(done.stdout.splitlines()[-_LAST_LINES:])))


def _built(folder: Path, suffix: str) -> list[Path]:
    return sorted([*folder.glob(f"*{suffix}"), *(folder / ROOM).glob(f"*{suffix}")])


def _no_source(_: str, names: list[str]) -> set[str]:
    return {name for name in names if Path(name).suffix not in {"", ".py", ".typed"} or name == "__pycache__"}
