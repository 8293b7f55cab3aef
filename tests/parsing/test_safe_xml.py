"""Hostile and broken XML is refused with a word on what and where it is."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING

import pytest
from tests.hanging import no_hang

from pincite.errors import ParseError
from pincite.parsing import safe_xml
from pincite.parsing.safe_xml import Tags, units, words

if TYPE_CHECKING:
    from pathlib import Path

TAGS = Tags(roots=("law",), units=("section",), asides=("notes",))


def read(data: bytes) -> list[str]:
    return [words(one) for one in units(BytesIO(data), TAGS, source="law.xml")]


def test_units_come_in_order_and_asides_with_what_they_hold_do_not() -> None:
    data = (
        b"<law><section>one</section><notes><section>aside</section></notes>"
        b"<section>two <section>within</section></section></law>"
    )
    assert read(data) == ["one", "two within"]


BOMB = "".join(
    f'<!ENTITY l{count} "{f"&l{count - 1};" * 10 if count else "ha"}">' for count in range(12)
)


@pytest.mark.parametrize(
    "data",
    [
        f"<!DOCTYPE law [{BOMB}]><law><section>&l11;</section></law>".encode(),
        f'<!DOCTYPE law [{BOMB}]><law name="&l11;"><section>x</section></law>'.encode(),
        b'<!DOCTYPE law SYSTEM "http://127.0.0.1:9/law.dtd"><law><section>x</section></law>',
        b"<!DOCTYPE law><law><section>x</section></law>",
    ],
)
def test_a_declared_document_type_is_refused_before_anything_unfolds(data: bytes) -> None:
    with no_hang(), pytest.raises(ParseError, match=r"law\.xml:1: "):
        read(data)


def test_no_file_of_this_machine_is_read_into_the_text(tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("the secret", encoding="utf-8")
    data = (
        f'<!DOCTYPE law [<!ENTITY s SYSTEM "{secret.as_uri()}">]><law><section>&s;</section></law>'
    )
    with pytest.raises(ParseError, match="declares a document type"):
        read(data.encode())


def test_xml_without_end_in_depth_is_refused() -> None:
    with pytest.raises(ParseError, match="not well-formed"):
        read(b"<law><section>" + b"<a>" * 100_000)


def test_a_section_without_end_and_a_file_without_end_are_refused(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(safe_xml, "LARGEST_UNIT", 200_000)
    with pytest.raises(ParseError, match="no section ends within"):
        read(b"<law><section>" + b"<p>words</p>" * 50_000 + b"</section></law>")
    monkeypatch.setattr(safe_xml, "LARGEST_FILE", 300_000)
    with pytest.raises(ParseError, match="goes on past"):
        read(b"<law>" + b"<section>words</section>" * 50_000 + b"</law>")


@pytest.mark.parametrize(
    ("data", "problem"),
    [
        (b"", "the file is empty"),
        (b"  \n", "the file is empty"),
        (b"<!DOCTYPE html><html><body>Sorry</body></html>", "this is a web page"),
        (b"\n<HTML>", "this is a web page"),
        (b'<?xml version="1.0"?>\n<html xmlns="x"><body/></html>', "this is a web page"),
        (b'{"error": "no such title"}', "this is JSON"),
        (b"no such title", "this is not XML"),
        (b"<law><section>one</section><section>tw", "cut off or damaged"),
        (b"<law><section>one</sect></law>", "cut off or damaged"),
        ("<law><section>caf\xe9</section></law>".encode("latin-1"), "not XML|not well-formed"),
        (b'<?xml version="1.0" encoding="martian"?><law/>', "this is not XML"),
    ],
)
def test_what_is_no_such_xml_is_refused_with_its_name(data: bytes, problem: str) -> None:
    with pytest.raises(ParseError, match=rf"(?s)law\.xml.*(?:{problem})"):
        read(data)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "iso-8859-1"])
def test_the_encoding_that_a_file_declares_is_believed(encoding: str) -> None:
    name = encoding.removesuffix("-sig")
    text = f'<?xml version="1.0" encoding="{name}"?><law><section>§ é</section></law>'
    assert read(text.encode(encoding)) == ["§ é"]
