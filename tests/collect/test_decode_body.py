"""Codings of HTTP bodies: undone within a limit, named where they cannot be."""

import gzip
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qzetl.collect.coding import decode_body, unchunk
from qzetl.errors import InputError

LIMIT = 10_000


def raw_deflate(body):
    deflater = zlib.compressobj(wbits=-15)
    return deflater.compress(body) + deflater.flush()


CODINGS = [
    ("", bytes),
    ("identity", bytes),
    ("gzip", gzip.compress),
    ("x-gzip", gzip.compress),
    ("deflate", zlib.compress),
    ("deflate", raw_deflate),
]


@pytest.mark.parametrize(("name", "encode"), CODINGS)
@given(body=st.binary(max_size=5000))
def test_every_coding_is_undone(name, encode, body):
    assert decode_body(encode(body), name, LIMIT) == body


def test_codings_are_undone_in_reverse():
    assert decode_body(gzip.compress(zlib.compress(b"text")), "deflate, gzip", LIMIT) == b"text"


@pytest.mark.parametrize(("name", "encode"), CODINGS)
def test_nothing_grows_beyond_the_limit(name, encode):
    with pytest.raises(InputError) as caught:
        decode_body(encode(b"0" * (LIMIT + 1)), name, LIMIT)

    assert caught.value.outcome == "too-large"


@pytest.mark.parametrize(
    ("name", "raw"), [("br", b"x"), ("gzip", b"not gzip"), ("gzip", gzip.compress(b"text", mtime=0)[:-4])]
)
def test_what_cannot_be_undone_is_named(name, raw):
    with pytest.raises(InputError) as caught:
        decode_body(raw, name, LIMIT)

    assert caught.value.outcome == "bad-encoding"


def test_chunks_are_joined():
    assert unchunk(b"4\r\ntext\r\n5;x=y\r\n more\r\n0\r\n\r\n") == b"text more"


@pytest.mark.parametrize(
    "raw", [b"", b"text", b"4\r\nte", b"4\r\ntext\r\n", b"4\r\ntextX\r\n0\r\n\r\n", b"-4\r\ntext\r\n0\r\n\r\n"]
)
def test_broken_chunks_are_named(raw):
    with pytest.raises(InputError) as caught:
        unchunk(raw)

    assert caught.value.outcome == "bad-encoding"


@given(parts=st.lists(st.binary(min_size=1, max_size=50)))
def test_any_chunks_are_joined(parts):
    raw = b"".join(b"%X\r\n%s\r\n" % (len(part), part) for part in parts) + b"0\r\n\r\n"

    assert unchunk(raw) == b"".join(parts)
