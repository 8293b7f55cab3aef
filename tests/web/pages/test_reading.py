"""The reader: sections, subdivisions, versions, documents, and what is not there."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from tests.web.pages.conftest import NOW
from tests.web.pages.taken_apart import found, law_text, marked, parsed, texts

from pincite.assistant import Assistant
from pincite.rendering.words import shown
from pincite.web.pages.law_view import merged

if TYPE_CHECKING:
    from starlette.testclient import TestClient

    from pincite.law.section import Section
    from pincite.settings import Settings

SECTION = "/us-fr/fs/s12-3-105"


@pytest.fixture(scope="module")
def sections(settings: Settings) -> dict[str, Section]:
    assistant = Assistant(settings, now=NOW)
    packs = [pack.name for pack in assistant.packs()]
    found = {section.id: section for pack in packs for _, section in assistant.library.keyed(pack)}
    assistant.library.close()
    return found


def test_the_page_holds_the_stored_text_of_every_section_character_for_character(
    client: TestClient, sections: dict[str, Section]
) -> None:
    for identifier, section in sections.items():
        page = client.get(identifier)
        assert page.status_code == 200, identifier
        assert law_text(parsed(page.text)) == shown(section.text), identifier


@hypothesis_settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(data=st.data())
def test_any_spans_are_marked_exactly(
    client: TestClient, sections: dict[str, Section], data: st.DataObject
) -> None:
    section = sections[data.draw(st.sampled_from(sorted(sections)))]
    length = len(section.text)
    place = st.integers(0, length + 5)
    spans = data.draw(st.lists(st.tuples(place, place).filter(lambda s: s[0] < s[1]), max_size=4))
    query = ",".join(f"{start}-{end}" for start, end in spans)
    page = parsed(client.get(f"{section.id}?span={query}").text)
    expected = "".join(section.text[start:end] for start, end in merged(spans, length))
    assert marked(page) == shown(expected)
    assert law_text(page) == shown(section.text)


def test_a_subdivision_has_its_anchor_and_a_path_leads_to_it(client: TestClient) -> None:
    page = parsed(client.get(SECTION).text)
    (unit,) = page.xpath("//*[@id='b-3-B-ii']")
    assert unit.text_content().startswith("(ii) deleted when the person leaves")
    led = client.get(f"{SECTION}/b/3", follow_redirects=False)
    assert led.headers["location"] == f"{SECTION}#b-3"


def test_the_outline_leads_to_the_subdivisions_in_their_own_words(client: TestClient) -> None:
    page = parsed(client.get(SECTION).text)
    (outline,) = page.xpath("//nav[contains(@class,'reader-outline')]")
    links = {one.get("href"): " ".join(one.text_content().split()) for one in found(outline, "a")}
    anchors = set(page.xpath("//*[@data-law]//*[@id]/@id"))
    assert links["#a"] == "(a) This chapter does not apply to:"
    assert {href.removeprefix("#") for href in page.xpath("//nav//a/@href") if href[:1] == "#"} <= (
        anchors
    )


def test_it_says_where_the_section_stands_and_what_stands_beside_it(client: TestClient) -> None:
    page = parsed(client.get(SECTION).text)
    crumbs = texts(page, "nav.crumbs")[0]
    assert "Title 12" in crumbs
    assert "Chapter 12-3" in crumbs
    before, after = page.xpath("//nav[@class='beside']/a/@href")
    assert before == "/us-fr/fs/s12-3-104"
    assert after == "/us-fr/fs/s12-3-106"
    (document,) = page.xpath("//nav[@class='crumbs']//a/@href")
    contents = parsed(client.get(document).text)
    assert SECTION in contents.xpath("//ol[@class='contents']//a/@href")


def test_defined_terms_stand_below_with_a_link_to_the_words_that_define_them(
    client: TestClient,
) -> None:
    page = parsed(client.get("/us-fr/fs/s12-3-402").text)
    terms = dict(zip(texts(page, "dt"), texts(page, "dd"), strict=True))
    assert "provider" in terms["Service provider"]
    (link,) = page.xpath("//dt[.='Service provider']/../dd/a/@href")
    assert marked(parsed(client.get(link.partition("#")[0]).text)).startswith('"Service provider"')


def test_references_in_the_text_lead_to_the_sections_that_they_name(client: TestClient) -> None:
    page = parsed(client.get(SECTION).text)
    links = {
        one.text_content(): one.get("href") for one in page.xpath("//*[@data-law]//a[@class='ref']")
    }
    assert links["section 26-9-102"] == "/us-fr/fs/s26-9-102"
    assert links["15 U.S.C. 6801"] == "/us/usc/t15/s6801"


def test_two_versions_show_what_changed_word_by_word(client: TestClient) -> None:
    page = parsed(client.get("/us-fr/fs/s12-6-040").text)
    assert len(page.xpath("//ol[@class='versions']/li")) == 2
    assert found(page, "ins")
    assert found(page, "del")


def test_a_day_shows_the_version_that_was_law_then(client: TestClient) -> None:
    versions = parsed(client.get("/us-fr/fs/s12-6-040").text).xpath("//ol[@class='versions']/li/a")
    texts_of = {law_text(parsed(client.get(one.get("href")).text)) for one in versions}
    assert len(texts_of) == 2
    early = law_text(parsed(client.get("/us-fr/fs/s12-6-040?as_of=2020-01-01").text))
    late = law_text(parsed(client.get("/us-fr/fs/s12-6-040?as_of=2031-01-01").text))
    assert {early, late} == texts_of


def test_a_repealed_section_is_shown_and_says_so(client: TestClient) -> None:
    gone = next(
        href
        for href in parsed(client.get("/us-fr/fs/ch12-3").text).xpath(
            "//li[contains(.,'repealed')]//a/@href"
        )
    )
    page = parsed(client.get(gone).text)
    assert "repealed" in texts(page, "p.notice")[0]


@pytest.mark.parametrize(
    ("path", "title"),
    [
        ("/us-fr/fs/s99-9-999", "No such section"),
        ("/us-mo/rsmo/s407.1500", "Not installed"),
        ("/us-fr/nonsense", "No such law"),
        ("/us-zz/code/s1", "No such law"),
    ],
)
def test_law_that_is_not_there_is_told_with_a_way_on(
    client: TestClient, path: str, title: str
) -> None:
    page = client.get(path)
    assert page.status_code == 404
    assert texts(parsed(page.text), "h1") == [title]
    assert parsed(page.text).xpath("//form[@action='/search']")


def test_a_text_that_the_library_no_longer_has_is_never_marked(client: TestClient) -> None:
    page = parsed(client.get(f"{SECTION}?text={'0' * 16}&span=0-40").text)
    assert marked(page) == ""
    assert "not in the library any more" in texts(page, "p.notice")[0]
