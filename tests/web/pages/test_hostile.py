"""Law, questions and models that attack the page: what they say is shown, never obeyed."""

from __future__ import annotations

import hashlib
import json
import re
from typing import TYPE_CHECKING

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.web.pages.conftest import NOW, QUESTION
from tests.web.pages.taken_apart import law_text, parsed

from pincite.assistant import Assistant, open_source
from pincite.rendering.wire import AnswerWire
from pincite.sample import sample_packs
from pincite.web.pages.answer_view import answer_view, official_link
from pincite.web.pages.templates import environment

if TYPE_CHECKING:
    from pathlib import Path

    from starlette.testclient import TestClient

    from pincite.settings import Settings

ATTACK = "<script>alert(1)</script><img src=x onerror=alert(1)>\"'><b>{{7*7}}\u202e\x1b[31m"
FORGED = "/us-fr/fs/s41-6-5"


def test_law_that_holds_markup_is_shown_as_the_words_that_it_is(client: TestClient) -> None:
    for where in (FORGED, f"{FORGED}?part=panel", f"{FORGED}?span=0-900"):
        page = parsed(client.get(where).text)
        assert "<script>alert('winner')</script>" in law_text(page)
        assert not page.xpath("//*[@data-law]//script | //*[@data-law]//img")
        assert "\x1b" not in law_text(page)
        assert "\u202e" not in law_text(page)


def test_an_answer_out_of_such_law_runs_nothing(client: TestClient) -> None:
    asked = {"question": "What must a raffle ticket state in Franklin, and which words are void?"}
    page = parsed(client.post("/ask", data=asked).text)
    assert [one.get("src") or "" for one in page.xpath("//script")] == page.xpath("//script/@src")
    assert all(one.startswith("/static/") for one in page.xpath("//script/@src"))
    assert not page.xpath("//img")
    assert not [one for one in page.xpath("//a/@href") if not one.startswith(("/", "#", "http"))]


@pytest.mark.parametrize(
    ("method", "path", "data"),
    [
        ("post", "/ask", {"question": f"{ATTACK} breach notice in Franklin", "facts": ATTACK}),
        ("post", "/ask", {"question": "", "facts": ATTACK}),
        ("get", "/search", {"q": ATTACK, "as_of": ATTACK}),
        ("get", "/search", {"q": "breach", "in": ATTACK, "kind": ATTACK, "status": ATTACK}),
        ("get", "/", {"question": ATTACK, "facts": ATTACK, "in": ATTACK}),
        ("get", "/us-fr/fs/s1%3Cscript%3Ealert(1)%3C%2Fscript%3E", {}),
        ("get", "/%3Cscript%3Ealert(1)%3C%2Fscript%3E", {"x": ATTACK}),
        ("get", FORGED, {"span": ATTACK, "text": ATTACK}),
        ("get", "/a/%22%3E%3Cscript%3E", {"law": ATTACK}),
    ],
)
def test_what_a_reader_sends_comes_back_as_words(
    client: TestClient, method: str, path: str, data: dict[str, str]
) -> None:
    sent = client.post(path, data=data) if method == "post" else client.get(path, params=data)
    page = parsed(sent.text)
    assert sent.status_code < 500
    assert len(page.xpath("//script")) == 1
    assert not page.xpath("//img | //b")
    assert "<b>49" not in sent.text


def test_no_page_has_a_script_or_a_style_in_it(client: TestClient, answer: str) -> None:
    for path in ("/", answer, "/library", "/search?q=breach", FORGED, "/about", "/nowhere"):
        answered = client.get(path)
        page = parsed(answered.text)
        assert not page.xpath("//style | //@style | //script[not(@src)]"), path
        assert not page.xpath("//@*[starts-with(name(), 'on')]"), path
        policy = answered.headers["content-security-policy"]
        assert "unsafe" not in policy
        assert "script-src 'self'" in policy


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        "data:text/html,<script>",
        "//evil.example/x",
        "https:evil",
        "https://a.example/ x",
        "https://a.example/\u202e",
        "ftp://a.example/",
        "https://[broken",
        "",
        None,
    ],
)
def test_an_official_link_is_a_web_address_or_none(url: str | None) -> None:
    assert official_link(url) == ""


def test_official_links_tell_the_other_site_nothing(client: TestClient) -> None:
    page = parsed(client.get("/us-fr/fs/s12-3-101").text)
    (link,) = page.xpath("//a[@class='out']")
    assert link.get("href") == "https://law.franklin.example/statutes/12-3-101"
    assert set(link.get("rel").split()) == {"noopener", "noreferrer"}


def test_a_saved_answer_that_lies_about_everything_is_still_only_words(
    client: TestClient, answer: str
) -> None:
    """A forged answer's every text is hostile; its page has no element that a true one lacks."""
    body = client.get(f"{answer}.json").text
    forged = AnswerWire.model_validate_json(body)
    wire = AnswerWire.model_validate(_poisoned(forged.model_dump()))
    view = answer_view(wire, {one.id: ATTACK for one in wire.sources})
    html = _rendered(view)
    page = parsed(html)
    assert not page.xpath("//script | //img | //b | //@onerror | //style")
    assert "alert(1)" in page.text_content()
    for href in page.xpath("//a/@href"):
        assert re.match(r"(/us|#|https?://)", href), href


def _rendered(view: object) -> str:
    return (
        environment()
        .from_string(
            "{% import 'parts/answer.html' as parts %}{% import 'parts/sources.html' as lists %}"
            "{{ parts.head(view) }}"
            "{% for one in view.blocks %}{{ parts.block_section(one, one.statements) }}{% endfor %}"
            "{{ lists.sources(view) }}{{ lists.withheld(view) }}{{ lists.coverage(view) }}"
        )
        .render(view=view)
    )


def _poisoned(value: object, key: str = "") -> object:
    kept = {"kind", "verdict", "schema_version", "label", "source", "abstained", "excerpts"}
    if isinstance(value, dict):
        return {name: _poisoned(one, name) for name, one in value.items()}
    if isinstance(value, list):
        return [_poisoned(one, key) for one in value]
    if isinstance(value, str) and key not in kept:
        return "javascript:alert(1)" if key == "url" else ATTACK
    return value


def test_a_pack_whose_every_column_attacks_is_still_only_words(
    own: tuple[TestClient, Settings],
) -> None:
    client, settings = own
    source = open_source(str(hostile_packs(settings.home.parent / "hostile")))
    assistant = Assistant(settings, now=NOW)
    assistant.add([offer.name for offer in assistant.offers(source=source)], source=source)
    asked = {"question": QUESTION}
    answer = client.post("/ask", data=asked, follow_redirects=False).headers["location"]
    paths = ["/", "/library", "/search?q=breach+notice", "/us-fr/fs/ch12-4", answer]
    paths += ["/us-fr/fs/s12-4-103", "/us-fr/fs/s12-4-103?part=panel"]
    for path in paths:
        page = parsed(client.get(path).text)
        assert not page.xpath("//img | //b | //@onerror | //style"), path
        assert all(one.get("src", "").startswith("/static/") for one in page.xpath("//script"))
        assert not [one for one in page.xpath("//a/@href") if one[:1] not in "/#h"], path
    assert "alert(1)" in parsed(client.get("/us-fr/fs/s12-4-103").text).text_content()


def hostile_packs(into: Path) -> Path:
    """Franklin's packs with an attack in every heading, name, note and link."""
    sample_packs(into)
    listing = json.loads((into / "index.json").read_text())
    for name, entry in listing.items():
        rows = pq.read_table(into / name).to_pylist()
        for row in rows:
            for column in ("section_title", "title_name", "chapter_name", "source_note"):
                row[column] = f"{row[column] or ''} {ATTACK}"
            row["breadcrumb"] = f"{row['breadcrumb']} {ATTACK}"
            row["current_through"] = ATTACK
            row["source_url"] = "javascript:alert(1)"
        pq.write_table(pa.Table.from_pylist(rows), into / name)
        data = (into / name).read_bytes()
        entry |= {"bytes": len(data), "sha256": hashlib.sha256(data).hexdigest()}
    (into / "index.json").write_text(json.dumps(listing))
    return into


@given(st.text(max_size=200))
def test_any_text_is_escaped(text: str) -> None:
    made = environment().from_string('<p title="{{ text | shown }}">{{ text | shown }}</p>')
    html = made.render(text=text)
    inside = html.removeprefix('<p title="').removesuffix("</p>")
    assert "<" not in inside.replace('">', "", 1)
