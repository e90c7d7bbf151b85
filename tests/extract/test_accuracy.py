"""Accuracy on annotated articles stays above its floors (floors.json), and a floor only rises."""

import json
import subprocess
import sys
from dataclasses import asdict
from datetime import date
from pathlib import Path

import pytest

from qzetl.extract import Document, Mention, extract

FLOORS = Path(__file__).with_name("floors.json")
ROOM = 0.01  # a figure that lies further above its floor asks for a higher one
ROUNDING = 5e-5
REPLACED = "tests/gold/unlearned"  # its articles give way to new ones once rules are learned from them


def extracted(facts: dict, lexicon) -> list[Mention]:
    published = date.fromisoformat(facts["published"]) if facts.get("published") else None
    return extract(Document(facts["doc"], facts["text"], facts.get("title"), published, facts.get("area")), lexicon)


def compare(figures: dict[str, float], floors: dict[str, float], capsys) -> None:
    assert figures.keys() == floors.keys()
    with capsys.disabled():
        for name, figure in figures.items():
            if figure > floors[name] + ROOM:
                print(f"\nfloors.json: {name} is {figure:.4f}, its floor {floors[name]} can be raised")  # noqa: T201
    below = {
        name: (round(figure, 4), floors[name]) for name, figure in figures.items() if figure < floors[name] - ROUNDING
    }
    assert not below, "accuracy fell below its floors (figure, floor): mend extraction, the floors stay"


@pytest.mark.parametrize(
    ("name", "quantities"),
    [
        ("tests/gold", 778),
        ("tests/gold/later", 448),
        ("tests/gold/third", 966),
        ("tests/gold/fourth", 997),
        ("tests/gold/fifth", 335),
        ("tests/gold/sixth", 1124),
        ("tests/gold/seventh", 743),
        ("tests/gold/eighth", 1329),
        ("tests/gold/ninth", 1495),
        ("tests/gold/tenth", 537),
        ("tests/gold/eleventh", 612),
        ("tests/gold/twelfth", 587),
        ("tests/gold/thirteenth", 467),
        ("tests/gold/fourteenth", 559),
        ("tests/gold/fifteenth", 693),
        ("tests/gold/sixteenth", 2077),
        ("tests/gold/seventeenth", 509),
        ("tests/gold/unlearned", 1489),
    ],
)
def test_articles_of_the_project(scorer, root, lexicon, capsys, name, quantities):
    folder = root / name
    codes = scorer.load_codes(root / "tests" / "gold")

    figures = scorer.score(scorer.load(folder).values(), lambda facts: extracted(facts, lexicon), codes)

    assert figures.quantities >= quantities, "an annotated article went missing"
    compare(
        {name: getattr(figures, name) for name in ("mention_f1", "value_accuracy", "observation_f1")},
        json.loads(FLOORS.read_text("utf-8"))[name],
        capsys,
    )


def test_all_annotated_articles(shared, lexicon, tmp_path, capsys):
    """The figures of the annotators' own scorer over all their articles, real ones too."""
    gold, mentions = shared / "gold", tmp_path / "mentions.jsonl"
    documents = _scorer(gold, "docs", gold).splitlines()
    with mentions.open("w", encoding="utf-8") as file:
        for facts in map(json.loads, documents):
            for mention in extracted(facts, lexicon):
                file.write(json.dumps({"doc": facts["doc"], **asdict(mention)}, ensure_ascii=False) + "\n")

    report = json.loads(_scorer(gold, gold, mentions).splitlines()[-1])

    compare(
        {
            "mention_f1": report["mention"]["f1"],
            "value_accuracy": report["value_accuracy"],
            "observation_f1": report["observation"]["f1"],
            "coded_observation_f1": report["coded_observation"]["f1"],
        },
        json.loads(FLOORS.read_text("utf-8"))["shared"],
        capsys,
    )


@pytest.mark.parametrize("kind", ["value", "period"])
def test_cases_of_other_suites(shared, lexicon, tmp_path, capsys, kind):
    cases, mentions = shared / "cases", tmp_path / "mentions.jsonl"
    path = cases / f"{kind}.jsonl"
    with mentions.open("w", encoding="utf-8") as file:
        for facts in map(json.loads, _scorer(cases, "docs", path).splitlines()):
            for mention in extracted(facts, lexicon):
                file.write(json.dumps({"doc": facts["doc"], **asdict(mention)}, ensure_ascii=False) + "\n")

    right = json.loads(_scorer(cases, path, mentions).splitlines()[-1])["right"]

    compare({kind: right}, {kind: json.loads(FLOORS.read_text("utf-8"))["cases"][kind]}, capsys)


def _scorer(gold: Path, *arguments: str | Path) -> str:
    command = [sys.executable, gold / "score.py", *arguments]
    return subprocess.run(command, capture_output=True, encoding="utf-8", check=True, timeout=120).stdout


def test_both_scorers_agree(scorer, shared, root, lexicon, tmp_path):
    """Ours, over the articles that both have, gives the annotators' scorer's figures."""
    folder = root / "tests" / "gold"
    articles = scorer.load(folder)
    mentions = tmp_path / "mentions.jsonl"
    with mentions.open("w", encoding="utf-8") as file:
        for name, article in articles.items():
            for mention in extracted(article.facts, lexicon):
                file.write(json.dumps({"doc": name, **asdict(mention)}, ensure_ascii=False) + "\n")

    theirs = json.loads(_scorer(shared / "gold", folder, mentions).splitlines()[-1])
    ours = scorer.score(articles.values(), lambda facts: extracted(facts, lexicon), scorer.load_codes(folder))

    assert ours.mention_f1 == pytest.approx(theirs["mention"]["f1"], abs=1e-4)
    assert ours.value_accuracy == pytest.approx(theirs["value_accuracy"], abs=2e-3)
    assert ours.observation_f1 == pytest.approx(theirs["observation"]["f1"], abs=2e-3)


def test_annotations_are_well_formed(scorer, root, lexicon):
    for name, article in scorer.load(root / "tests" / "gold").items():
        text, last, span = article.facts["text"], 0, None
        for m in article.quantities:
            where = f"{name}: {m['quote']} at {m['start']}"
            assert text[m["start"] : m["end"]] == m["quote"], where
            assert m["start"] >= last or (m["start"], m["end"]) == span, where
            assert (m["value"] is None) == (None not in (m["value_low"], m["value_high"])), where
            assert m["indicator"] is None or m["indicator"] in lexicon.indicators, where
            assert m["area"] is None or m["area"] in lexicon.areas, where
            last, span = m["end"], (m["start"], m["end"])


def test_floors_only_rise(root):
    """No floor is lower than in any earlier version of the file that this clone knows."""
    if not (root / ".git").exists():
        pytest.skip("the history is not here: this is no clone")
    path = FLOORS.relative_to(root).as_posix()
    now = json.loads(FLOORS.read_text("utf-8"))
    for revision in _git(root, "log", "--format=%H", "--", path).split():
        for part, floors in json.loads(_git(root, "show", f"{revision}:{path}")).items():
            for name, floor in floors.items():
                if part == REPLACED:
                    continue
                assert now[part][name] >= floor, f"{part}, {name}: lower than in {revision[:7]}"


def _git(root: Path, *arguments: str) -> str:
    return subprocess.run(
        ["git", "-C", root, *arguments], capture_output=True, encoding="utf-8", check=True, timeout=60
    ).stdout
