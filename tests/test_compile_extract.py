"""Extraction compiled into a wheel says what it says interpreted, and nothing is compiled unasked."""

import json
import os
import random
import re
import shutil
import subprocess
import sys
import sysconfig
import tomllib
import venv
import zipfile
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path

import pytest

HOOK = "HATCH_BUILD_HOOK_ENABLE_CUSTOM"
LETTERS = (
    "0123456789０９.,，。、；：（）“”%％‰∶—~-至到亿万千百十两几零第前成分之年月日季度个项家元倍增长比全市\n \u3000"
)
HOSTILE = [
    "",
    " \n\u3000\n",
    "1" * 20_000,
    "第" * 5_000,
    "3分之" * 2_000,
    "“1（" * 1_000,
    "年年年季度末初",
    "\x00\ud7ff\U0010ffff9%",
    "٣٤٥人 ²³ ①②③ Ⅳ 𝟗𝟗亿元 1\u200b2万人",
    "\u202e增长5%\u202c",
    "增長6.8％，達1,234.5億元，比去年減少三成。",
    "9" * 18 + "亿元，增长" + "9" * 18 + "%",
    "0分之0，-0.0%，.5亿元",
]


def build(root: Path, folder: Path, **environment: str) -> Path:
    """The wheel that a build with `environment` makes."""
    command = [sys.executable, "-m", "pip", "wheel", "--no-deps", "--no-build-isolation", "--wheel-dir", folder, root]
    own = {name: value for name, value in os.environ.items() if name != HOOK}
    subprocess.run(command, check=True, env=own | environment, capture_output=True, timeout=500)
    (wheel,) = folder.glob("*.whl")
    return wheel


def need_compiler() -> None:
    compiler = (os.environ.get("CC") or sysconfig.get_config_var("CC") or "cc").split()[0]
    if shutil.which(compiler) is None or not Path(sysconfig.get_path("include"), "Python.h").exists():
        pytest.skip(f"no C compiler ({compiler}) or no Python.h here (apt-get install gcc libc6-dev python3-dev)")


@pytest.fixture(scope="module")
def compiled(root, tmp_path_factory) -> Path:
    """The command of a fresh environment in which the compiled wheel is installed over the packages of this one."""
    need_compiler()
    folder = tmp_path_factory.mktemp("compiled")
    wheel = build(root, folder, **{HOOK: "true"})
    venv.create(folder / "venv")
    python = folder / "venv/bin/python"
    pip = [sys.executable, "-m", "pip", "--python", python]
    subprocess.run([*pip, "install", "--quiet", "--no-deps", "--no-index", wheel], check=True, timeout=120)
    (site,) = (folder / "venv").glob("lib/python*/site-packages")
    (site / "packages.pth").write_text(sysconfig.get_path("purelib"), "utf-8")
    return python.with_name("qzetl")


@pytest.fixture(scope="module")
def articles(root, tmp_path_factory) -> Path:
    """The annotated articles, the example site's pages as text, hostile texts, and random ones, as JSON lines."""
    texts = [json.loads(path.read_text("utf-8")) for path in sorted((root / "tests/gold").rglob("*.text.json"))]
    pages = [path.read_text("utf-8", "replace") for path in sorted((root / "examples").rglob("*.html"))]
    rng = random.Random(20241125)  # noqa: S311 - the same texts every time
    rng_texts = ["".join(rng.choices(LETTERS, k=rng.randint(1, 80))) for _ in range(2_000)]
    given = [{"text": text, "area": "330800"} for text in [*HOSTILE, *pages, *rng_texts]]
    given += [{"text": t, "title": t, "published": p} for t in HOSTILE for p in ("1000-01-01", "2999-12-31")]
    file = tmp_path_factory.mktemp("articles") / "articles.jsonl"
    lines = [json.dumps({**each, "doc": f"a{n}"}) for n, each in enumerate([*texts, *given])]
    file.write_text("\n".join(lines), "utf-8")
    assert len(texts) > 10
    assert len(pages) > 10
    return file


@pytest.mark.slow
def test_the_compiled_wheel_finds_the_same_to_the_byte(compiled, articles, qzetl) -> None:
    assert qzetl.call(compiled, "--version").stdout.endswith(" (extraction compiled)\n")
    assert qzetl("--version").stdout.endswith(" (extraction interpreted)\n")

    one, other = qzetl("extract", articles), qzetl.call(compiled, "extract", articles)

    assert (one.returncode, one.stderr) == (other.returncode, other.stderr)
    assert one.stdout.count("\n") > 5_000
    assert one.stdout == other.stdout


@pytest.mark.slow
def test_the_compiled_wheel_explains_the_same(compiled, root, qzetl, tmp_path) -> None:
    article = json.loads((root / "tests/gold/xilingol-2023-communique.text.json").read_text("utf-8"))
    text = tmp_path / "article.txt"
    text.write_text(article["text"], "utf-8")

    one, other = qzetl("explain", text, "--json"), qzetl.call(compiled, "explain", text, "--json")

    assert one.returncode == 0, one.stderr
    assert (one.stdout, one.stderr) == (other.stdout, other.stderr)


@pytest.mark.slow
def test_a_plain_wheel_is_pure_python(root, tmp_path) -> None:
    wheel = build(root, tmp_path)

    assert wheel.name.endswith("-py3-none-any.whl")
    names = zipfile.ZipFile(wheel).namelist()
    assert "qzetl/extract/engine.py" in names
    assert [name for name in names if name.endswith((".so", ".pyd", ".c"))] == []


@pytest.fixture
def hook(root):
    """The module scripts/compile_extract.py."""
    spec = spec_from_file_location("compile_extract", root / "scripts/compile_extract.py")
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_an_editable_install_is_never_compiled(root, hook) -> None:
    build_data = {"force_include": {}}

    hook.CompileExtract(str(root), {}, None, None, "", "wheel").initialize("editable", build_data)

    assert build_data == {"force_include": {}}


PLAIN = """from dataclasses import dataclass, field


@dataclass(slots=True)
class Plain:
    \"\"\"Has every kind of field.\"\"\"

    a: int
    b: str | None = None
    c: tuple[int, int] = (1, 2)
    d: list[str] = field(default_factory=list)
    e: dict[str, int] = field(default_factory=lambda: {"x": 1})

    def where(self) -> int:
        raise ValueError(self.a)


@dataclass
class Last:
    a: int = 1
"""
NOT_PLAIN = [
    "@dataclass(frozen=True)\nclass C:\n    a: int = 1\n",
    "@dataclass\nclass C(Base):\n    a: int = 1\n",
    "@dataclass\nclass C:\n    a: int = 1\n\n    def __init__(self) -> None: ...\n",
    "@dataclass\nclass C:\n    a: int = 1\n\n    def __post_init__(self) -> None: ...\n",
    "@dataclass\nclass C:\n    a: int = field(default=1, init=False)\n",
    "@dataclass\nclass C:\n    a: list[int] | None = field(default_factory=list)\n",
    "@dataclass\nclass C:\n    a: ClassVar[int] = 1\n",
    "class C:\n    a: int = 1\n",
]


@pytest.mark.parametrize(
    ("arguments", "named"), [((1,), {}), ((1, None, (3, 4), ["x"], {}), {}), ((), {"a": 2, "e": {"y": 3}})]
)
def test_a_constructor_written_out_does_what_dataclass_s_own_does(hook, arguments, named) -> None:
    written = hook.write_constructors(PLAIN)
    one, other = {}, {}
    exec(compile(PLAIN, "one", "exec"), one)  # noqa: S102 - the text above
    exec(compile(written, "other", "exec"), other)  # noqa: S102

    made, again = other["Plain"](*arguments, **named), other["Plain"](*arguments, **named)

    assert written.count("def __init__") == 2
    assert repr(made) == repr(one["Plain"](*arguments, **named))
    assert made == again
    assert made.d is not again.d or arguments[3:]
    assert (other["Last"]().a, other["Last"](5).a) == (1, 5)


def test_constructors_written_out_move_no_line(hook) -> None:
    line = "        raise ValueError(self.a)"

    assert hook.write_constructors(PLAIN).splitlines().index(line) == PLAIN.splitlines().index(line)


def test_constants_alone_are_declared_final_and_no_line_moves(hook) -> None:
    source = """from __future__ import annotations
import re
_WORD = re.compile(
    "a"
)
LIMIT = 3
Kind = int | str
_T = TypeVar("_T")
TWICE = 1
TWICE |= 2
_TYPED: dict[str, int] = {}

def f():
    LOCAL = 1
"""

    written = hook.declare_constants(source)

    assert [line for line in written.splitlines() if line not in source.splitlines()] == [
        "from __future__ import annotations; from typing import Final",
        "_WORD: Final = re.compile(",
        "LIMIT: Final = 3",
    ]
    assert len(written.splitlines()) == len(source.splitlines())


@pytest.mark.parametrize("source", NOT_PLAIN)
def test_other_classes_stay_as_they_are(hook, source) -> None:
    assert hook.write_constructors(source).rstrip() == source.rstrip()


@pytest.mark.slow
def test_a_failed_compilation_says_why_and_what_to_do(tmp_path, hook, monkeypatch) -> None:
    room = tmp_path / hook.ROOM
    room.mkdir(parents=True)
    (room / "one.py").write_text("def one() -> int:\n    return 1\n", "utf-8")
    monkeypatch.setenv("CC", "no-such-compiler")

    with pytest.raises(RuntimeError, match=r"(?s)no-such-compiler.*apt-get install gcc.*pure Python"):
        hook.compile_room(tmp_path)


def test_the_compiler_is_the_one_that_the_lock_pins(root) -> None:
    project = tomllib.loads((root / "pyproject.toml").read_text("utf-8"))
    (asked,) = project["tool"]["hatch"]["build"]["targets"]["wheel"]["hooks"]["custom"]["dependencies"]

    locked = re.search(r"^mypy==([\d.]+)", (root / "requirements.lock").read_text("utf-8"), re.MULTILINE)

    assert locked
    assert asked == f"mypy[mypyc]=={locked[1]}"
