"""Settings: where they come from, what wins, and what is said where one is wrong."""

from pathlib import Path

import pytest

from qzetl.errors import SettingsError
from qzetl.settings import Settings, schemas_dir


def test_defaults_need_nothing(tmp_path):
    settings = Settings.load({}, tmp_path)

    assert (settings.home, settings.output) == (Path("data"), Path("output"))
    assert (settings.archive, settings.store) == (Path("data/archive"), Path("data/store"))
    assert settings.publishers == schemas_dir() / "publishers"
    assert settings.contact is None
    assert settings.connect_to == {}


def test_environment_wins_over_the_file_and_the_file_over_defaults(tmp_path):
    (tmp_path / "qzetl.toml").write_text('home = "from-file"\noutput = "from-file"\ncontact = "a@b.example"\n')

    settings = Settings.load({"QZETL_HOME": "from-environment", "QZETL_OUTPUT": ""}, tmp_path)

    assert settings.home == Path("from-environment")
    assert settings.output == Path("from-file")
    assert settings.contact == "a@b.example"


@pytest.mark.parametrize(
    "value",
    ["gov.example=127.0.0.1:8000,news.example=[::1]:80", " gov.example = 127.0.0.1:8000 ,news.example=[::1]:80,"],
)
def test_connect_to_is_read_from_the_environment(tmp_path, value):
    settings = Settings.load({"QZETL_CONNECT_TO": value}, tmp_path)

    assert settings.connect_to == {"gov.example": "127.0.0.1:8000", "news.example": "[::1]:80"}


def test_connect_to_is_read_from_the_file(tmp_path):
    (tmp_path / "qzetl.toml").write_text('[connect_to]\n"gov.example" = "127.0.0.1:8000"\n')

    assert Settings.load({}, tmp_path).connect_to == {"gov.example": "127.0.0.1:8000"}


@pytest.mark.parametrize(
    "value", ["gov.example", "gov.example=", "gov.example=127.0.0.1", "gov.example=127.0.0.1:http", "=127.0.0.1:80"]
)
def test_malformed_connect_to_is_named(tmp_path, value):
    with pytest.raises(SettingsError, match="connect_to"):
        Settings.load({"QZETL_CONNECT_TO": value}, tmp_path)


@pytest.mark.parametrize(
    ("text", "named"),
    [("home = ", "TOML"), ("house = 'x'", "house"), ("home = 5", "home"), ("connect_to = 5", "connect_to")],
)
def test_wrong_file_is_named(tmp_path, text, named):
    (tmp_path / "qzetl.toml").write_text(text)

    with pytest.raises(SettingsError, match=named):
        Settings.load({}, tmp_path)


def test_file_that_is_no_text_is_named(tmp_path):
    (tmp_path / "qzetl.toml").write_bytes(b"home = '\xff\xfe'")

    with pytest.raises(SettingsError, match=r"qzetl\.toml"):
        Settings.load({}, tmp_path)


def test_the_store_may_be_an_object_store(tmp_path):
    assert Settings.load({"QZETL_STORE_URL": "s3://bucket/qzetl"}, tmp_path).store == "s3://bucket/qzetl"


@pytest.mark.parametrize("value", ["0", "-1", "soon", ""])
def test_days_of_silence_are_a_number(tmp_path, value):
    environ = {"QZETL_NOTIFY_AFTER": value}
    if not value:
        assert Settings.load(environ, tmp_path).notify_after is None
        return
    with pytest.raises(SettingsError, match="number of days"):
        Settings.load(environ, tmp_path)
