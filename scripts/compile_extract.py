"""Build hook: compile `qzetl.extract` into the wheel with mypyc, where the build asks for it.

Off unless HATCH_BUILD_HOOK_ENABLE_CUSTOM=true (`make wheel` sets it): a plain wheel is pure Python and needs no
compiler. An editable install is never compiled, for its modules would stay what they were when their sources change.
All happens on a copy, so that no build leaves modules beside the sources (docs/decisions/0014-compiled-extraction.md).

Two things that mypyc leaves to the interpreter are mended in the copy. Constructors that `dataclass` makes are written
out, for extraction makes many small objects: that is worth a fifth of the time. Constants are declared `Final`, so that
they are kept beside the code and not looked up by name at each use: that is worth a fifteenth.
"""

from __future__ import annotations

import ast
import os
import re
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
_CONSTANT = re.compile("_?[A-Z][A-Z0-9_]*")
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
    for source in sources:
        path = folder / source
        path.write_text(declare_constants(write_constructors(path.read_text("utf-8"))), "utf-8")
    # What the room imports from elsewhere need not be installed to compile it: its types are then not known.
    command = [sys.executable, "-m", "mypyc", "--ignore-missing-imports", *sources]
    environment = {"MYPYC_DEBUG_LEVEL": "0"} | os.environ
    done = subprocess.run(
        command, cwd=folder, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False
    )
    if done.returncode:
        raise RuntimeError(_FAILED.format(words="\n".join(done.stdout.splitlines()[-_LAST_LINES:])))


def write_constructors(source: str) -> str:
    """Return `source` with the constructors of its plain dataclasses written out, every line where it was.

    Plain is a class that has no base, is not frozen, has no constructor of its own and nothing to do behind one.
    """
    lines = [*source.splitlines(), ""]
    for each in ast.parse(source).body:
        if isinstance(each, ast.ClassDef) and (constructor := _constructor(each)):
            decorator, at = each.decorator_list[0], max(field.end_lineno or 0 for field in _fields(each))
            if lines[at].strip():  # the line behind the fields, which the formatter leaves empty
                continue
            lines[at] = f"    {constructor}"
            options = decorator.keywords if isinstance(decorator, ast.Call) else []
            written = [ast.unparse(option) for option in options]
            lines[decorator.lineno - 1] = f"@dataclass({', '.join([*written, 'init=False'])})"
    return "\n".join(lines)


def declare_constants(source: str) -> str:
    """Return `source` with its constants declared `Final`, every line where it was.

    A constant is a name in capitals to which the module assigns once, at its outermost level and without a type.
    """
    lines, tree = source.splitlines(), ast.parse(source)
    stored = [each.id for each in ast.walk(tree) if isinstance(each, ast.Name) and isinstance(each.ctx, ast.Store)]
    for each in tree.body:
        if (
            isinstance(each, ast.Assign)
            and _is_constant(each)
            and stored.count(name := ast.unparse(each.targets[0])) == 1
        ):
            lines[each.lineno - 1] = lines[each.lineno - 1].replace(f"{name} =", f"{name}: Final =", 1)
    future = "from __future__ import annotations"
    return "\n".join(f"{line}; from typing import Final" if line == future else line for line in lines) + "\n"


def _is_constant(of: ast.Assign) -> bool:
    made = ast.unparse(of.value.func) if isinstance(of.value, ast.Call) else ""
    return _CONSTANT.fullmatch(ast.unparse(of.targets[0])) is not None and len(of.targets) == 1 and made != "TypeVar"


def _constructor(of: ast.ClassDef) -> str | None:
    """The constructor of a plain dataclass on one line; None where `of` is none."""
    decorators = [ast.unparse(each) for each in of.decorator_list]
    methods = {each.name for each in of.body if isinstance(each, ast.FunctionDef)}
    fields = _fields(of)
    if decorators not in (["dataclass"], ["dataclass()"], ["dataclass(slots=True)"]) or of.bases or not fields:
        return None
    if methods & {"__init__", "__new__", "__post_init__"} or any("ClassVar" in ast.unparse(f) for f in fields):
        return None
    written = [_parameter(field) for field in fields]
    if None in written:
        return None
    parameters, assignments = zip(*(each for each in written if each), strict=True)
    return f"def __init__(self, {', '.join(parameters)}) -> None: {'; '.join(assignments)}"


def _fields(of: ast.ClassDef) -> list[ast.AnnAssign]:
    return [each for each in of.body if isinstance(each, ast.AnnAssign)]


def _parameter(field: ast.AnnAssign) -> tuple[str, str] | None:
    """A field's parameter and assignment; None for a `field()` of more than a factory, or where None is a value."""
    name, kind = ast.unparse(field.target), ast.unparse(field.annotation)
    if field.value is None:
        return f"{name}: {kind}", f"self.{name} = {name}"
    if not (isinstance(field.value, ast.Call) and ast.unparse(field.value.func) == "field"):
        return f"{name}: {kind} = {ast.unparse(field.value)}", f"self.{name} = {name}"
    if [each.arg for each in field.value.keywords] != ["default_factory"] or "None" in kind:
        return None
    factory = field.value.keywords[0].value
    made = ast.unparse(factory.body if isinstance(factory, ast.Lambda) else ast.Call(factory, [], []))
    return f"{name}: {kind} | None = None", f"self.{name} = {made} if {name} is None else {name}"


def _built(folder: Path, suffix: str) -> list[Path]:
    return sorted([*folder.glob(f"*{suffix}"), *(folder / ROOM).glob(f"*{suffix}")])


def _no_source(_: str, names: list[str]) -> set[str]:
    return {name for name in names if Path(name).suffix not in {"", ".py", ".typed"} or name == "__pycache__"}
