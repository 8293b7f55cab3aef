"""Asking by a plain form, and the permanent address of what was answered."""

from __future__ import annotations

import hashlib
import json
from itertools import pairwise
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, urlsplit

from tests.web.pages.conftest import NOW, QUESTION
from tests.web.pages.taken_apart import found, marked, parsed, texts

from pincite.assistant import Assistant, open_source
from pincite.rendering.words import shown
from pincite.sample import sample_packs

if TYPE_CHECKING:
    from typing import Any

    from starlette.testclient import TestClient

    from pincite.settings import Settings


def wire(client: TestClient, answer: str) -> dict[str, Any]:
    return client.get(f"{answer}.json").json()


def cites(saved: dict[str, Any]) -> list[dict[str, Any]]:
    blocks = [one for block in saved["blocks"] for one in block["statements"]]
    return [cite for one in [*saved["summary"], *blocks] for cite in one["cites"]]


def test_a_plain_form_leads_to_the_whole_answer_at_its_permanent_address(
    client: TestClient, answer: str
) -> None:
    page = parsed(client.get(answer).text)
    saved = wire(client, answer)
    assert texts(page, "h1") == [QUESTION]
    said = texts(page, "span.said")
    statements = [*saved["summary"], *(s for b in saved["blocks"] for s in b["statements"])]
    assert said == [" ".join(shown(one["text"]).split()) for one in statements]
    assert [one for one in texts(page, "h2") if one in {b["heading"] for b in saved["blocks"]}] == [
        block["heading"] for block in saved["blocks"]
    ]


def test_the_permanent_address_shows_the_hash_of_what_was_kept(
    client: TestClient, answer: str
) -> None:
    body = client.get(f"{answer}.json").content
    digest = hashlib.sha256(body).hexdigest()
    assert answer == f"/a/{digest[:16]}"
    assert digest in client.get(answer).text


def test_every_mark_opens_the_section_with_exactly_the_words_that_were_quoted(
    client: TestClient, answer: str
) -> None:
    saved = wire(client, answer)
    by_span: dict[str, str] = {}
    hrefs = {one.get("href") for one in found(parsed(client.get(answer).text), "a.cite")}
    spans = {(c["start"], c["end"]): c["quote"] for c in cites(saved)}
    for source in saved["sources"]:
        spans |= {(c["start"], c["end"]): c["quote"] for c in source["applicability"]["basis"]}
    for href in sorted(filter(None, hrefs)):
        query = parse_qs(urlsplit(href).query)
        wanted = sorted(_span(one) for one in query["span"][0].split(","))
        page = parsed(client.get(href.partition("#")[0]).text)
        by_span[href] = marked(page)
        if all(left[1] <= right[0] for left, right in pairwise(wanted)):
            assert marked(page) == shown("".join(spans[one] for one in wanted))
    assert by_span


def _span(text: str) -> tuple[int, int]:
    start, end = text.split("-")
    return int(start), int(end)


def test_sources_stand_by_whom_they_bind_with_all_that_is_known_of_each(
    client: TestClient, answer: str
) -> None:
    page = parsed(client.get(answer).text)
    order = ["Applies", "Only if", "Unclear whom it binds", "Not you"]
    badges = [order.index(one) for one in texts(page, "span.badge")]
    assert badges == sorted(badges)
    text = page.text_content()
    for source in wire(client, answer)["sources"]:
        assert source["citation"] in text
        assert source["local_citation"] in text
        assert source["text_sha256"][:16] in text
        assert source["current_through"] in text


def test_facts_sort_the_sources_again(client: TestClient) -> None:
    asked = {
        "question": "What must a written information security program in Franklin contain?",
        "in": "us-fr",
        "facts": "we are a licensee of the insurance commissioner; 40 employees",
    }
    page = parsed(client.post("/ask", data=asked).text)
    assert texts(page, "span.fact") == [
        "we are a licensee of the insurance commissioner",
        "40 employees",
    ]
    (again,) = page.xpath("//form[contains(@class,'who')]//input[@name='facts']/@value")
    assert again == "we are a licensee of the insurance commissioner; 40 employees"


def test_a_follow_up_keeps_the_jurisdictions_the_facts_and_the_day(client: TestClient) -> None:
    asked = {"question": QUESTION, "facts": "we are a bank", "as_of": "2026-10-01"}
    page = parsed(client.post("/ask", data=asked).text)
    (form,) = page.xpath("//form[contains(@class,'compact')]")
    assert form.xpath(".//input[@name='in'][@checked]/@value") == ["us-fr"]
    assert form.xpath(".//input[@name='facts']/@value") == ["we are a bank"]
    assert form.xpath(".//input[@name='as_of']/@value") == ["2026-10-01"]
    assert form.xpath(".//textarea")[0].text_content() == ""


def test_a_follow_up_is_asked_with_the_question_that_it_goes_on_from(client: TestClient) -> None:
    page = parsed(client.post("/ask", data={"question": QUESTION}).text)
    (before,) = page.xpath("//form[contains(@class,'compact')]//input[@name='after']/@value")
    assert before == QUESTION
    more = {"question": "And what is the penalty?", "after": before}
    page = parsed(client.post("/ask", data=more).text)
    assert page.xpath("//h1")[0].text_content().strip() == f"{QUESTION} And what is the penalty?"
    empty = client.post("/ask", data={"question": " ", "after": before})
    assert empty.status_code == 422


def test_a_follow_up_keeps_a_place_whose_law_is_not_installed(client: TestClient) -> None:
    asked = {"question": "Must a landlord in Texas give notice of entry?"}
    page = parsed(client.post("/ask", data=asked).text)
    (form,) = page.xpath("//form[contains(@class,'compact')]")
    assert form.xpath(".//input[@name='in'][@checked]/@value") == ["us-tx"]


def test_an_ambiguous_place_gives_choices_that_ask_again(client: TestClient) -> None:
    page = parsed(client.post("/ask", data={"question": "Is Washington strict on breaches?"}).text)
    assert texts(page, "h2")[0] == "No answer"
    (form,) = page.xpath("//form[contains(@class,'choices')]")
    assert form.xpath(".//button/@value") == ["us-wa", "us-dc"]
    assert form.xpath(".//input[@name='question']/@value") == ["Is Washington strict on breaches?"]


def test_coverage_says_what_was_searched_and_how_current_it_is(
    client: TestClient, answer: str
) -> None:
    (coverage,) = parsed(client.get(answer).text).xpath("//section[@id='coverage']")
    text = " ".join(coverage.text_content().split())
    for one in wire(client, answer)["coverage"]["searched"]:
        assert f"{one['code']}, {one['sections']:,} sections" in text
        assert one["current_through"] in text


def test_a_panel_is_open_beside_the_answer_at_an_address_of_its_own(
    client: TestClient, answer: str
) -> None:
    href = found(parsed(client.get(answer).text), "a.cite")[0].get("href") or ""
    parts = urlsplit(href)
    page = parsed(client.get(f"{answer}?law={parts.path}&{parts.query}").text)
    (panel,) = page.xpath("//dialog[@open]")
    assert panel.xpath(".//mark")
    assert page.xpath("//h1")


def test_the_answer_can_be_checked_against_the_library_and_taken_along(
    client: TestClient, answer: str
) -> None:
    assert "The answer holds" in texts(parsed(client.get(f"{answer}/check").text), "h1")
    markdown = client.get(f"{answer}.md")
    assert markdown.headers["content-type"].startswith("text/markdown")
    assert markdown.text.startswith("# How soon must a business")


def test_an_answer_says_which_law_has_changed_since(own: tuple[TestClient, Settings]) -> None:
    client, settings = own
    answer = client.post("/ask", data={"question": QUESTION}, follow_redirects=False).headers[
        "location"
    ]
    before = client.get(answer)
    assert "has changed since" not in before.text
    later = Assistant(settings, now=NOW)
    source = open_source(str(sample_packs(settings.home.parent / "later", snapshot=2)))
    later.add([offer.name for offer in later.offers(source=source)], source=source)
    saved = json.loads(client.get(f"{answer}.json").text)
    changed = [
        source["citation"]
        for source in saved["sources"]
        if (now := later.section(source["id"])) is None
        or now.text_sha256 != source["text_sha256"]
        or now.status.value != source["status"]
    ]
    assert changed, "the second snapshot changes what this answer cites"
    after = parsed(client.get(answer).text)
    assert len(texts(after, "p.changed")) == len(changed) + 1
    assert texts(after, "span.said") == texts(parsed(before.text), "span.said")
    for cite in cites(saved):
        cited = next(one for one in saved["sources"] if one["label"] == cite["source"])
        span = f"{cite['start']}-{cite['end']}"
        where = f"{cited['id']}?text={cited['text_sha256'][:16]}&span={span}"
        assert marked(parsed(client.get(where).text)) == shown(cite["quote"])


def test_what_is_no_answer_is_told_as_a_page(client: TestClient) -> None:
    gone = client.get("/a/0000000000000000")
    assert gone.status_code == 404
    assert texts(parsed(gone.text), "h1") == ["Not Found"]


def test_an_empty_question_and_a_bad_date_are_told_where_they_were_given(
    client: TestClient,
) -> None:
    empty = client.post("/ask", data={"question": "   ", "facts": "we are a bank"})
    assert empty.status_code == 422
    page = parsed(empty.text)
    assert "empty" in texts(page, "p.warning")[0]
    assert page.xpath("//input[@name='facts']/@value") == ["we are a bank"]
    bad = client.post("/ask", data={"question": QUESTION, "as_of": "2026-02-30"})
    assert bad.status_code == 422


def test_the_stream_gives_the_very_page_that_stands_at_the_permanent_address(
    client: TestClient,
) -> None:
    response = client.post(
        "/ask/stream", data={"question": QUESTION}, headers={"Accept": "application/x-ndjson"}
    )
    events = [json.loads(line) for line in response.text.splitlines()]
    kinds = [one["kind"] for one in events]
    assert kinds[0] == "status"
    assert kinds[-1] == "done"
    page = parsed(client.get(events[-1]["href"]).text)
    lists: dict[str, list[str]] = {}
    for one in events:
        if one["kind"] == "statement":
            lists.setdefault(one["part"], []).append(
                " ".join(parsed(one["html"]).text_content().split())
            )
    whole = {
        one.get("data-part"): [" ".join(li.text_content().split()) for li in one]
        for one in page.xpath("//ul[@data-part]")
    }
    assert lists == whole
    rest = next(one for one in events if one["kind"] == "rest")
    for piece, selector in (("html", "section.sources"), ("rail", "aside.rail")):
        streamed = parsed(rest[piece])
        assert texts(streamed, selector) == texts(page, selector)


def test_the_stream_tells_a_question_that_cannot_be_asked(client: TestClient) -> None:
    answered = client.post(
        "/ask/stream", data={"question": QUESTION, "in": "Atlantis"}, headers={"Accept": "*/*"}
    )
    last = json.loads(answered.text.splitlines()[-1])
    assert last["kind"] == "problem"
    assert "Atlantis" in last["text"]


def test_what_is_said_of_a_statement_is_kept_and_thanked_for(
    client: TestClient, answer: str
) -> None:
    page = parsed(client.get(answer).text)
    places = page.xpath("//select[@name='place']/option/@value")
    said = {"place": places[2], "verdict": "wrong", "note": "It drops the exception."}
    back = client.post(f"{answer}/feedback", data=said)
    assert "Thank you" in parsed(back.text).xpath("//section[@id='feedback']")[0].text_content()
    kept = client.get(f"/api/v1/answers/{answer.rpartition('/')[2]}/feedback").json()["feedback"]
    assert [(one["place"], one["verdict"], one["note"]) for one in kept] == [
        (places[2], "wrong", "It drops the exception.")
    ]
    assert client.post(f"{answer}/feedback", data={"verdict": "odd"}).status_code == 422
    assert client.post(f"{answer}/feedback", data={"verdict": "missing"}).status_code == 422
    assert client.post("/a/0000000000000000/feedback", data=said).status_code == 404
