"""`qzetl run`, `release`, `releases`, `show` as scripts use them, on own files."""

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import duckdb
import polars as pl
import pytest

pytestmark = pytest.mark.e2e

GOOD = """# 衢州2023年经济运行情况

编辑部

2023年,衢州地区生产总值增长6.8%,高于全省6%的增速。规模以上工业增加值同比增长9.1%。

全年社会消费品零售总额达到920.5亿元,同比增长7.4%。城镇新增就业4万余人。
"""
NO_FIGURES = """# 座谈会召开

编辑部

座谈会在礼堂举行,与会人员围绕乡村建设交流了经验,提出了意见和建议,气氛热烈。

大家表示,要把会议精神带回去,落到实处。
"""


@pytest.fixture
def good(tmp_path):
    path = tmp_path / "2024-02-29-good.md"
    path.write_text(GOOD, "utf-8")
    return path


@pytest.fixture(scope="module")
def published(tmp_path_factory, command_in):
    """The command in a folder in which one good file was published; tests leave it as it is. `report` is the run's."""
    qzetl = command_in(tmp_path_factory.mktemp("published"))
    qzetl.file = qzetl.folder / "2024-02-29-good.md"
    qzetl.file.write_text(GOOD, "utf-8")
    done = qzetl("run", "--json", "--input", qzetl.file)
    assert done.returncode == 0, done.stderr
    qzetl.report = json.loads(done.stdout)
    return qzetl


@pytest.fixture
def bad(tmp_path):
    """Files that cannot be read, each wrong in its own way."""
    folder = tmp_path / "bad"
    folder.mkdir()
    (folder / "empty.txt").write_bytes(b"")
    (folder / "binary.txt").write_bytes(bytes(range(256)) * 20)
    (folder / "menu.html").write_text("<html><body><ul><li><a href='/a'>甲</a></li></ul></body></html>", "utf-8")
    (folder / "broken.warc.gz").write_bytes(b"\x1f\x8b\x08\x00broken")
    return folder


def test_a_run_publishes_the_figures_of_a_file(qzetl, good, tmp_path) -> None:
    done = qzetl("run", "--input", good)

    latest = tmp_path / "output/latest"
    figures = pl.read_parquet(latest / "observations.parquet")
    (gdp,) = figures.filter(indicator="GDP", measure="GROWTH_YOY", area="330800").rows(named=True)
    assert done.returncode == 0
    assert done.stderr == ""
    assert done.stdout.startswith(f"Published release {latest.resolve().name}: 1 articles, ")
    assert str(latest / "series.csv") in done.stdout
    assert (gdp["value"], gdp["unit"], gdp["period"], gdp["quote"]) == (6.8, "PT", "2023", "6.8%")
    assert gdp["published"].isoformat() == "2024-02-29", "the file's name dates it"
    assert gdp["sentence"].startswith("2023年,衢州地区生产总值")
    assert gdp["uri"] == "file:2024-02-29-good.md"


def test_running_again_publishes_nothing_new(published) -> None:
    before = sorted((published.folder / "output").rglob("*"))

    done = published("run", "--input", published.file)

    assert done.returncode == 0
    assert done.stdout.startswith(f"Nothing new since release {published.report['published']['release']['version']}: ")
    assert sorted((published.folder / "output").rglob("*")) == before


def test_bad_inputs_are_named_and_the_good_one_is_published(qzetl, good, bad) -> None:
    done = qzetl("run", "--json", "--input", good, bad, "--input", "nowhere")

    report = json.loads(done.stdout)
    problems = {problem["outcome"]: problem for problem in report["problems"]}
    assert done.returncode == 1
    assert report["ok"] is False
    assert report["read"]["article"] == 1
    assert sorted(problems) == ["binary", "broken-warc", "empty", "no-article", "not-found"]
    assert all(problem["asked"] for problem in problems.values())
    for outcome, name in {"empty": "empty.txt", "binary": "binary.txt", "not-found": "nowhere"}.items():
        assert name in problems[outcome]["message"]
        assert ";" in problems[outcome]["message"], "it says what to do"
    assert report["published"]["new"] is True
    assert report["published"]["release"]["rows"]["articles"] == 1


def test_every_input_is_counted(qzetl, bad) -> None:
    report = json.loads(qzetl("run", "--json", "--input", bad, "nowhere").stdout)

    assert sum(report["collected"].values()) == len([*bad.iterdir(), "nowhere"])
    assert sum(report["read"].values()) == report["collected"]["new"]


def test_the_report_is_kept(published) -> None:
    runs = pl.read_delta(str(published.folder / "data/store/runs"))

    (row,) = runs.filter(run_id=published.report["run_id"]).rows(named=True)
    assert row["state"] == "done"
    assert row["release"] == published.report["published"]["release"]["version"]
    assert json.loads(row["request"])["inputs"] == [str(published.file)]
    assert json.loads(row["report"])["collected"] == {"new": 1}


def test_a_text_without_figures_is_noted_and_no_failure(qzetl, tmp_path) -> None:
    (tmp_path / "meeting.md").write_text(NO_FIGURES, "utf-8")

    done = qzetl("run", "--input", "meeting.md")

    assert done.returncode == 0
    assert "no-figures: file:meeting.md was read, but states no figure" in done.stdout


def test_nothing_readable_publishes_nothing(qzetl, bad, tmp_path) -> None:
    done = qzetl("run", "--input", bad)

    assert done.returncode == 1
    assert done.stdout.startswith("Nothing published: the store holds no article yet.")
    assert not (tmp_path / "output/latest").exists()


def test_a_changed_file_is_published_anew_beside_what_it_said(qzetl, good, tmp_path) -> None:
    qzetl("run", "--input", good)
    good.write_text(GOOD.replace("6.8%", "6.9%"), "utf-8")

    done = qzetl("run", "--input", good)

    values = pl.read_parquet(tmp_path / "output/latest/observations.parquet").filter(indicator="GDP", area="330800")
    assert done.stdout.startswith("Published release ")
    assert sorted(values["value"]) == [6.8, 6.9]
    assert len(list((tmp_path / "output/releases").iterdir())) == 2


def test_csv_and_parquet_hold_the_same_rows_and_duckdb_reads_both(published) -> None:
    latest = published.folder / "output/latest"
    tables = sorted(path.relative_to(latest).with_suffix("") for path in latest.rglob("*.parquet"))

    assert {"observations", "series", "articles", "coverage", "rejects"} <= {str(table) for table in tables}
    for table in tables:
        parquet = duckdb.read_parquet(f"{latest / table}.parquet")
        columns = dict(zip(parquet.columns, map(str, parquet.types), strict=True))
        csv = duckdb.read_csv(f"{latest / table}.csv", header=True, dtype=columns)
        assert csv.columns == parquet.columns, table
        assert csv.fetchall() == parquet.fetchall(), table


def test_the_readme_s_snippets_run_and_show_a_sentence(published, root) -> None:
    snippets = re.findall(r"```python\n(.*?)```", (root / "README.md").read_text("utf-8"), re.DOTALL)
    known = pl.read_parquet(published.folder / "output/latest/observations.parquet").row(0, named=True)

    said = [published.call(sys.executable, "-c", each.replace("0f3c…", known["observation_id"])) for each in snippets]

    assert [(done.returncode, done.stderr) for done in said] == [(0, "")] * 3
    opened, queried, _ = (done.stdout for done in said)
    assert f"[{known['quote']}]" in opened
    assert "6.8" in queried


def test_releases_can_be_made_listed_and_shown_by_hand(published) -> None:
    version = published.report["published"]["release"]["version"]

    again, listed = published("release", "--json"), published("releases", "--json")
    shown, by_version = published("show", "latest", "--json"), published("show", version)

    assert [each.returncode for each in (again, listed, shown, by_version)] == [0, 0, 0, 0]
    assert json.loads(again.stdout)["new"] is False
    assert json.loads(listed.stdout)["version"] == version
    assert json.loads(listed.stdout)["latest"] is True
    assert json.loads(shown.stdout)["rows"]["articles"] == 1
    assert version in by_version.stdout


def test_a_release_built_elsewhere_has_the_same_bytes(published, tmp_path) -> None:
    assert published("release", QZETL_OUTPUT=str(tmp_path)).returncode == 0

    here, there = (folder.resolve() for folder in (published.folder / "output/latest", tmp_path / "latest"))
    assert here.name == there.name
    assert contents(here) == contents(there)


def contents(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_what_is_not_there_is_said(qzetl) -> None:
    empty, unknown, none = qzetl("release"), qzetl("show", "2024.01.01"), qzetl("releases")

    assert (empty.returncode, unknown.returncode, none.returncode) == (1, 1, 0)
    assert "collect something first (qzetl run)" in empty.stderr
    assert "there is no release '2024.01.01'" in unknown.stderr
    assert "no releases in" in none.stderr


@pytest.mark.parametrize(("name", "content"), [("series.json", "{"), ("codelists/units.csv", "x\n1\n")])
def test_an_unreadable_schema_is_named_before_anything_is_done(root, qzetl, name, content) -> None:
    copy = qzetl.folder / "copy"
    shutil.copytree(root / "src/qzetl", copy / "src/qzetl", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copytree(root / "schemas", copy / "schemas")
    (copy / "schemas" / name).write_text(content, "utf-8")
    command = "import sys; from qzetl.cli import main; sys.exit(main())"

    done = qzetl.call(sys.executable, "-c", command, "run", "--input", "nowhere", PYTHONPATH=str(copy / "src"))

    assert done.returncode == 1
    assert done.stderr.startswith("qzetl: ")
    assert str(Path("schemas") / name) in done.stderr
    assert len(done.stderr.splitlines()) == 1, done.stderr
    assert not (qzetl.folder / "data").exists()


def test_a_pipe_whose_reader_has_gone_is_left_quietly() -> None:
    text = "\n".join(json.dumps({"doc": str(n), "text": GOOD}) for n in range(200))
    command = [Path(sys.executable).with_name("qzetl"), "extract"]
    reader, writer = os.pipe()
    os.close(reader)

    with os.fdopen(writer, "wb") as gone:
        done = subprocess.run(command, input=text.encode(), stdout=gone, stderr=subprocess.PIPE, check=False)

    assert done.returncode == 1
    assert done.stderr == b""
