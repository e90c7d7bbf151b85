"""`qzetl extract` as scripts use it."""

import json
import os
import threading

import pytest

pytestmark = pytest.mark.e2e

TEXT = "2023年,衢州地区生产总值增长6.8%,高于全省6%的增速。全年新增就业4万余人。"
KEYS = [
    *("doc", "start", "end", "quote", "role", "value", "value_low", "value_high", "bound", "unit", "measure"),
    *("indicator", "subject", "area", "period", "status", "scope", "reference", "confidence", "rule"),
    *("sentence_start", "sentence_end"),
]


def line(**fields: object) -> str:
    return json.dumps({"doc": "a", "title": "衢州", "published": "2024-02-29", "area": "330800", "text": TEXT} | fields)


def test_a_mention_is_a_json_line_whose_quote_stands_at_its_span(qzetl) -> None:
    done = qzetl("extract", "-", stdin=line() + "\n")

    mentions = [json.loads(each) for each in done.stdout.splitlines()]
    assert (done.returncode, done.stderr) == (0, "")
    assert all(list(mention) == KEYS for mention in mentions)
    assert all(TEXT[m["start"] : m["end"]] == m["quote"] for m in mentions)
    assert {"6.8%", "6%", "4万余人"} <= {m["quote"] for m in mentions if m["role"] == "quantity"}
    (year,) = [m for m in mentions if m["quote"] == "2023年"]
    assert (year["role"], year["period"]) == ("time", "2023")


def test_stdin_is_the_default_and_a_file_gives_the_same(qzetl, tmp_path) -> None:
    (tmp_path / "articles.jsonl").write_text(line() + "\n", "utf-8")

    assert qzetl("extract", "articles.jsonl").stdout == qzetl("extract", stdin=line()).stdout != ""


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")
def test_a_pipe_by_name_is_read_as_a_file_is(qzetl, tmp_path) -> None:
    os.mkfifo(tmp_path / "pipe")
    writer = threading.Thread(target=(tmp_path / "pipe").write_text, args=(line() + "\n", "utf-8"))
    writer.start()

    done = qzetl("extract", "pipe")

    writer.join()
    assert (done.returncode, done.stdout) == (0, qzetl("extract", stdin=line()).stdout)


def test_a_json_file_may_be_one_article_over_several_lines(qzetl, tmp_path) -> None:
    (tmp_path / "article.json").write_text(json.dumps(json.loads(line()), ensure_ascii=False, indent=1), "utf-8")

    assert qzetl("extract", "article.json").stdout == qzetl("extract", stdin=line()).stdout != ""


def test_an_area_that_is_not_given_is_told_from_the_text(qzetl) -> None:
    done = qzetl("extract", stdin=line(area=None))

    assert done.returncode == 0
    (gdp,) = [m for m in map(json.loads, done.stdout.splitlines()) if m["quote"] == "6.8%"]
    assert gdp["area"] == "330800"


def test_a_text_without_numbers_is_no_mention_and_no_failure(qzetl) -> None:
    done = qzetl("extract", stdin=line(text="大家都很高兴。"))

    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def test_bad_lines_are_named_by_number_and_the_others_done(qzetl) -> None:
    bad = ["{", "[]", '{"doc": "a"}', line(text=5), line(published="gestern"), "[" * 100_000]

    done = qzetl("extract", stdin="\n".join([*bad, "", line(doc="good")]))

    assert done.returncode == 1
    assert {json.loads(each)["doc"] for each in done.stdout.splitlines()} == {"good"}
    assert [each.split(" ")[1] for each in done.stderr.splitlines()] == [f"-:{n}:" for n in range(1, len(bad) + 1)]
    assert "published is 'gestern', not a date as YYYY-MM-DD" in done.stderr


def test_a_lone_surrogate_survives_as_its_escape(qzetl) -> None:
    done = qzetl("extract", stdin='{"doc": "\\ud800", "text": "增长6.8%"}')

    assert done.returncode == 0
    assert json.loads(done.stdout.splitlines()[0])["doc"] == "\ud800"


def test_a_missing_file_is_named(qzetl) -> None:
    done = qzetl("extract", "nowhere.jsonl")

    assert done.returncode == 1
    assert "nowhere.jsonl cannot be read" in done.stderr


def test_the_lines_of_read_are_taken_as_they_are(qzetl, tmp_path) -> None:
    (tmp_path / "report.txt").write_text(f"衢州经济\n\n{TEXT}\n", "utf-8")
    read = qzetl("read", "report.txt").stdout

    done = qzetl("extract", stdin=read)

    assert (done.returncode, done.stderr) == (0, "")
    assert {json.loads(each)["doc"] for each in done.stdout.splitlines()} == {"file:report.txt"}
