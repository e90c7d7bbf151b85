"""`qzetl rejects`, `promote`, `prune`, `store compact` and `schema diff`, as a user calls them."""

import json

import pytest

ARTICLE = """---
published: 2024-02-29
area: 330800
---
2023年，衢州市生产总值2125.2元，增长6.8%。一般公共预算收入333.9亿元，同比增长8.1%。
"""


@pytest.fixture
def run(qzetl):
    """The command, after a run over an article with one figure that is not plausible."""
    (qzetl.folder / "a.txt").write_text(ARTICLE, "utf-8")
    assert qzetl("run", "--input", "a.txt").returncode == 0
    return qzetl


@pytest.mark.e2e
def test_rejected_rows_are_listed_shown_and_tried_again(run) -> None:
    listed = run("rejects", "list", "--json")
    (row,) = map(json.loads, listed.stdout.splitlines())
    assert (row["rule"], row["row"]["quote"]) == ("value-implausible", "2125.2元")
    assert listed.stderr == "qzetl: 1 value-implausible\n"

    shown = run("rejects", "show", row["reject_id"][:6])
    assert "value-implausible: it lies outside codelists/bounds.csv" in shown.stdout
    assert "2125.2" in shown.stdout

    again = run("rejects", "replay", "--rule", "value-implausible", "--json")
    assert json.loads(again.stdout) == {"partitions": 1, "before": 1, "after": 1}
    assert run("rejects", "list", "--rule", "other").stderr == "qzetl: no row is rejected\n"
    assert run("rejects", "show", "zz").returncode == 2
    assert json.loads(run("release", "--json").stdout)["new"] is False  # replaying the same changes nothing


@pytest.mark.e2e
def test_releases_and_store_are_kept(run) -> None:
    assert run("promote", "latest").returncode == 0
    (release,) = map(json.loads, run("releases", "--json").stdout.splitlines())
    assert (release["latest"], release["stable"]) == (True, True)
    assert json.loads(run("prune", "--dry-run", "--json").stdout) == {"removed": [], "dry_run": True}
    assert run("prune", "--keep", "0").returncode == 2
    tables = {json.loads(line)["table"] for line in run("store", "compact", "--json").stdout.splitlines()}
    assert {"articles", "observations"} <= tables
    assert run("schema", "diff", "latest").stderr == "qzetl: the contract is the same\n"
    assert run("schema", "diff", "nowhere").returncode == 1
