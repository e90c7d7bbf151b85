"""Publishers' files: what they give, and what is said where they are wrong."""

from pathlib import Path

import pytest

from qzetl.collect.listing import KINDS
from qzetl.collect.publisher import INPUT, LISTING_OPTIONS, RANKS, load_publishers, publisher_of
from qzetl.errors import SettingsError
from qzetl.settings import schemas_dir

GOOD = """
id = "my-gov"
name = "某市人民政府"
kind = "government"
area = "330800"
home = "https://www.my.gov.example/"
delay = 2

[[listing]]
kind = "hanweb"
url = "https://www.my.gov.example/col/col1/index.html"
pages = 3
"""


def load(folder, text, name="my-gov.toml"):
    (folder / name).write_text(text, "utf-8")
    return load_publishers(folder)


def test_file_becomes_a_publisher(tmp_path):
    publisher = load(tmp_path, GOOD)["my-gov"]

    assert (publisher.name, publisher.area, publisher.rank, publisher.delay) == ("某市人民政府", "330800", 2, 2.0)
    assert publisher.hosts == ("www.my.gov.example",)
    assert publisher.verified == "never"
    assert [(listing.kind, dict(listing.options)) for listing in publisher.listings] == [("hanweb", {"pages": 3})]


def test_rank_follows_the_kind_unless_the_file_says_otherwise(tmp_path):
    assert load(tmp_path, GOOD)["my-gov"].rank == RANKS["government"]
    assert load(tmp_path, "rank = 1\n" + GOOD)["my-gov"].rank == 1


def test_lists_that_are_here_already_stand_at_paths_beside_the_file(tmp_path):
    text = (
        GOOD
        + """
[[listing]]
kind = "warc"
path = "crawl"
sites = ["*.gov.cn"]
languages = ["zh"]

[[listing]]
kind = "urls"
path = "/lists/urls.txt"

[[listing]]
kind = "urls"
url = "https://www.my.gov.example/urls.txt"
"""
    )

    _, warc, local, remote = load(tmp_path, text)["my-gov"].listings

    assert (warc.path, warc.url, warc.where) == (tmp_path / "crawl", "", str(tmp_path / "crawl"))
    assert (warc.texts("sites"), warc.texts("languages"), warc.texts("words")) == (("*.gov.cn",), ("zh",), ())
    assert (local.path, remote.path) == (Path("/lists/urls.txt"), None)
    assert remote.where == "https://www.my.gov.example/urls.txt"


@pytest.mark.parametrize(
    ("listing", "named"),
    [
        ('kind = "warc"', "path"),
        ('kind = "warc"\npath = "x"\nurl = "https://www.my.gov.example/"', "path"),
        ('kind = "feed"\npath = "x"', "path"),
        ('kind = "warc"\npath = "x"\nwords = "衢州"', "words"),
        ('kind = "warc"\npath = "x"\nwords = []', "words"),
        ('kind = "sitemap"\nurl = "https://www.my.gov.example/s.xml"\nmatch = "("', "match"),
    ],
)
def test_wrong_list_is_named(tmp_path, listing, named):
    with pytest.raises(SettingsError, match=rf"my-gov\.toml: listing 2: {named} "):
        load(tmp_path, f"{GOOD}\n[[listing]]\n{listing}\n")


def test_pages_are_fresh_for_an_hour_unless_the_file_says_otherwise(tmp_path):
    assert (load(tmp_path, GOOD)["my-gov"].fresh, load(tmp_path, GOOD)["my-gov"].settled) == (1.0, 0)
    told = load(tmp_path, "fresh = 0\nsettled = 30\n" + GOOD)["my-gov"]
    assert (told.fresh, told.settled) == (0.0, 30)


def test_built_in_publisher_is_always_there(tmp_path):
    assert load_publishers(tmp_path) == {"input": INPUT}


@pytest.mark.parametrize(
    ("old", "new", "named"),
    [
        ('id = "my-gov"', 'id = "other"', "id"),
        ('id = "my-gov"', "id = 5", "id"),
        ('name = "某市人民政府"', "", "name"),
        ('kind = "government"', 'kind = "blog"', "kind"),
        ('area = "330800"', 'area = "3308"', "area"),
        ('home = "https://www.my.gov.example/"', 'home = "www.my.gov.example"', "home"),
        ('home = "https://www.my.gov.example/"', 'home = "http://[::1"', "home"),
        ("delay = 2", 'hosts = ["../x"]', "hosts"),
        ("delay = 2", "fresh = -1", "fresh"),
        ("delay = 2", "settled = true", "settled"),
        ("delay = 2", "delay = -1", "delay"),
        ("delay = 2", "delay = true", "delay"),
        ("delay = 2", 'delay = 2\nhosts = "www.my.gov.example"', "hosts"),
        ("delay = 2", "delay = 2\nrank = 9", "rank"),
        ("delay = 2", "delay = 2\ncolour = 1", "colour"),
        ('kind = "hanweb"', 'kind = "telepathy"', "listing 1: kind"),
        ("pages = 3", 'pages = "3"', "listing 1: pages"),
        ("pages = 3", 'select = "a"', "listing 1: select"),
        ('url = "https://www.my.gov.example/col', 'url = "https://elsewhere.example/col', "listing 1: url"),
        ("pages = 3", "pages = = 3", "TOML"),
    ],
)
def test_wrong_file_is_named_with_its_key(tmp_path, old, new, named):
    assert old in GOOD

    with pytest.raises(SettingsError, match=rf"my-gov\.toml.*{named}"):
        load(tmp_path, GOOD.replace(old, new))


def test_name_of_the_built_in_publisher_is_taken(tmp_path):
    with pytest.raises(SettingsError, match="built in"):
        load(tmp_path, GOOD.replace('"my-gov"', '"input"'), "input.toml")


def test_missing_folder_is_named():
    with pytest.raises(SettingsError, match="QZETL_PUBLISHERS"):
        load_publishers(Path("nowhere"))


def test_every_kind_of_list_is_known_to_the_files():
    assert set(LISTING_OPTIONS) == {*KINDS, "folder", "warc"}


def test_shipped_publishers_load_and_claim_no_more_than_is_known():
    publishers = load_publishers(schemas_dir() / "publishers")

    shipped = [publisher for publisher in publishers.values() if publisher is not INPUT]
    assert len(shipped) >= 3
    assert all(publisher.listings and publisher.terms and publisher.delay >= 1 for publisher in shipped)
    assert {publisher.verified for publisher in shipped} == {"never"}


@pytest.mark.parametrize(
    ("uri", "expected"),
    [
        ("https://www.my.gov.example/a", "my-gov"),
        ("https://else.example/", "input"),
        ("file:a.txt", "input"),
        ("http://[", "input"),
    ],
)
def test_publisher_is_known_by_its_host(tmp_path, uri, expected):
    assert publisher_of(uri, load(tmp_path, GOOD)).id == expected
