"""What fuzzing has found stays mended: each input goes through its door and is read or refused."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from fuzz.doors import DOORS
from fuzz.guard import Guard
from tests.hanging import no_hang

from pincite.errors import ParseError, PinciteError, SettingsError, UsageError
from pincite.law.identifiers import parse_identifier
from pincite.parsing.files.html import read_html
from pincite.reading.clauses import conditions_and_exceptions
from pincite.retrieval.facts import facts

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

FOUND: tuple[tuple[str, bytes], ...] = (
    # Escaped bytes that are no UTF-8.
    ("identifiers", b"/us/usc/s1/%99"),
    ("citations-parse", b"\x00/us/usc/t%ff/s1"),
    # A settings file in another encoding.
    ("settings", b"\xbf"),
    ("settings", b"offline = true\n# \xe9"),
    # Half of a surrogate pair, as JSON lets it in.
    ("question", b"What is \xed\xa0\x80 in Franklin?"),
    ("open-search", b"@\xed\xa0\x80026-01-01"),
    ("ask", b"What is \xed\xa0\x80 in Franklin?"),
    # One number after another: each was read to the end of all.
    ("question", b"1," * 10_000),
    # Limits without end: for each, the end of the sentence was looked for anew.
    ("provisions", b"unless " * 9_000),
    ("provisions", b"x\nThe keeper shall row if " * 2_500),
    # A parser of HTML looks through all elements that are open.
    ("document-html", b"<ol>" * 9_000),
    ("document-html", b"<pre>" * 9_000),
    ("document-html", b"".join(b"<b a=%d>" % n for n in range(800)) + b"<p>x" * 10_000),
    # A second list of a subdivision that flush text had ended already.
    ("outline", b"(\na)E[...]a\n(6).\n\xe2\x80\x9c\n(1)"),
    # A number without end.
    (
        "pack-rows",
        (
            b'[{"act_id": "us/fr/1", "state": "fr", "document_type": "statute", '
            b'"citation": "FS 1", "text": "x", "chunk_index": 1e999, "total_chunks": Infinity}]'
        ),
    ),
    # An attribute that stands many times in an XML declaration.
    ("xml-ecfr", b'<?xml version="1.0" ' + b'n="1.0" ' * 20 + b"?><DIV5/>"),
)


@pytest.fixture(scope="module")
def doors(
    tmp_path_factory: pytest.TempPathFactory,
) -> Callable[[str], Callable[[bytes], object]]:
    made: dict[str, Any] = {}

    def door(name: str) -> Callable[[bytes], object]:
        if name not in made:
            made[name] = DOORS[name].make(tmp_path_factory.mktemp(name))
        return made[name]

    return door


@pytest.mark.parametrize(("name", "data"), FOUND, ids=lambda one: str(one)[:40])
def test_what_was_found_is_read_or_refused_in_time(
    doors: Callable[[str], Callable[[bytes], object]], name: str, data: bytes
) -> None:
    guard = Guard(doors(name), pure=DOORS[name].pure, again_each=1)
    with no_hang():
        assert guard.run(data) is None


@pytest.mark.parametrize("name", DOORS)
def test_every_door_takes_its_seeds_and_an_empty_input(
    doors: Callable[[str], Callable[[bytes], object]], name: str
) -> None:
    seeds = DOORS[name].seeds()
    assert seeds
    guard = Guard(doors(name), pure=DOORS[name].pure)
    assert [guard.run(data) for data in (*seeds[:3], b"", b"\xff\xfe\0")] == [None] * len(
        (*seeds[:3], 0, 0)
    )


def test_a_guard_tells_what_a_door_does_wrong() -> None:
    turns = iter(range(100))

    def broken(data: bytes) -> object:
        if data == b"refused":
            raise UsageError("no")
        if data == b"changing":
            return next(turns)
        return data.decode()

    guard = Guard(broken, pure=True, again_each=1)
    assert guard.run(b"refused") is None
    assert guard.run(b"fine") is None
    assert (found := guard.run(b"\xff")) is not None
    assert found.kind == "UnicodeDecodeError"
    assert (found := guard.run(b"changing")) is not None
    assert found.kind == "differs"


def test_an_identifier_whose_bytes_are_no_text_is_none() -> None:
    assert parse_identifier("/us/usc/t15/s1/%99") is None
    assert parse_identifier("/us/usc/t15/s1/%C3%A9") is not None


def test_a_settings_file_that_is_not_utf_8_is_refused_with_its_byte(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from pincite.settings import load_settings

    file = tmp_path / "pincite.toml"
    file.write_bytes(b"offline = true # \xe9")
    monkeypatch.setenv("PINCITE_CONFIG", str(file))
    with pytest.raises(SettingsError, match="byte 17 is not UTF-8"):
        load_settings()


def test_counts_and_limits_are_read_as_before_however_long_the_text_is() -> None:
    assert facts("We have 1,200 employees and 30 customers.") == ("1,200 employees", "30 customers")
    text = "The keeper shall row if it rains, unless the ferry is full; and rest where it is dry."
    conditions, exceptions = conditions_and_exceptions(text, 0, len(text))
    assert [text[a:b] for a, b in conditions] == ["if it rains", "where it is dry"]
    assert [text[a:b] for a, b in exceptions] == ["unless the ferry is full"]


def test_a_page_whose_nesting_has_no_end_is_refused_by_its_line() -> None:
    with pytest.raises(ParseError, match=r"x:1: elements lie [\d,]+ deep"):
        read_html(b"<ol>" * 200_000, source="x")
    old = b"<font a=1>" * 300 + b"<p>words</p>" * 3_000
    assert len(read_html(old, source="x").blocks) == 3_000
    with pytest.raises(PinciteError, match="opened and not closed"):
        read_html(b"<p>" + b"<font a=1>" * 3_000 + b"</p>" + b"<p>w" * 3_000, source="x")
