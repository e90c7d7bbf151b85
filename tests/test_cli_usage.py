"""How the command answers calls that are wrong, and what every command has in common."""

import pytest

from qzetl.cli import main

WRONG = [
    (["nonsense"], "nonsense"),
    (["run", "--nonsense"], "--nonsense"),
    (["run", "--since", "yesterday"], "yesterday"),
    (["run", "--since", "2024-02-30"], "2024-02-30"),
    (["run", "--since", "2024-03-02", "--until", "2024-03-01"], "2024-03-02 is after until 2024-03-01"),
    (["run", "--publisher", "nobody"], "no publisher is called nobody; known are "),
    (["run", "--input", "a.txt", "--since", "2024-03-01"], "own files are always taken whole"),
    (["read"], "PATH"),
    (["extract", "--nonsense"], "--nonsense"),
    (["show"], "RELEASE"),
]


@pytest.fixture(autouse=True)
def _elsewhere(monkeypatch: pytest.MonkeyPatch, tmp_path) -> None:
    monkeypatch.chdir(tmp_path)
    for name in ("QZETL_HOME", "QZETL_OUTPUT", "QZETL_PUBLISHERS", "QZETL_CONNECT_TO"):
        monkeypatch.delenv(name, raising=False)


@pytest.mark.parametrize(
    ("tokens", "said"), WRONG, ids=lambda value: " ".join(value) if isinstance(value, list) else ""
)
def test_a_wrong_call_is_exit_code_2_and_does_nothing(tokens, said, capsys, tmp_path) -> None:
    code = main(tokens)

    out, err = capsys.readouterr()
    assert code == 2
    assert out == ""
    assert err.startswith("qzetl: ")
    assert said in err
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("tokens", [["--help"], *([name, "--help"] for name in ("read", "extract", "run", "show"))])
def test_help_is_exit_code_0_on_stdout(tokens, capsys) -> None:
    assert main(tokens) == 0
    assert capsys.readouterr().out.startswith("Usage: qzetl")


def test_version(capsys) -> None:
    assert main(["--version"]) == 0
    assert capsys.readouterr().out == "0.1.0 (extraction interpreted)\n"


def test_a_wrong_setting_names_variable_or_file(capsys, monkeypatch, tmp_path) -> None:
    monkeypatch.setenv("QZETL_PUBLISHERS", str(tmp_path / "nowhere"))

    code = main(["run"])

    assert code == 1
    assert "nowhere does not exist; point QZETL_PUBLISHERS at" in capsys.readouterr().err
