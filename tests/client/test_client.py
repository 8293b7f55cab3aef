"""The Python client against a server that listens."""

from __future__ import annotations

import json
from datetime import date
from itertools import pairwise
from typing import TYPE_CHECKING

import httpx2
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.client.conftest import QUESTION

from pincite.client import AnswerGiven, Client, Hit, Progress, StatementDraft
from pincite.client.events import ServerEvent, events, lines
from pincite.errors import (
    PinciteError,
    ServerError,
    ServerRefused,
    ServerUnreachable,
    UsageError,
)

if TYPE_CHECKING:
    from collections.abc import Callable


def test_an_answer_is_an_answer_whose_quotes_stand_in_the_law(client: Client) -> None:
    found = client.ask(QUESTION)
    assert not found.answer.abstained
    quotes = [quote for one in found.answer.statements for quote in one.quotes]
    assert quotes
    for quote in quotes:
        law = client.section(quote.section)
        assert law is not None
        assert law.text[quote.start : quote.end] == quote.text


def test_an_answer_that_abstains_is_an_answer_too(client: Client) -> None:
    found = client.ask("How soon must a business give notice of a breach in Washington?")
    assert found.answer.abstained
    assert found.answer.reason
    assert found.answer.choices == ("Washington", "District of Columbia")


def test_facts_and_the_day_reach_the_answer(client: Client) -> None:
    found = client.ask(
        "How soon must we give notice of a breach of security?",
        jurisdictions=["FR"],
        facts=["we are an insurer"],
        as_of=date(2026, 11, 1),
    )
    assert found.answer.question.as_of == date(2026, 11, 1)
    assert found.answer.jurisdictions[0].id == "us-fr"
    assert "insurer" in " ".join(found.answer.facts)


def test_a_stream_tells_stages_and_statements_and_ends_with_the_answer(client: Client) -> None:
    told = list(client.ask_stream(QUESTION))
    stages = [one.stage for one in told if isinstance(one, Progress)]
    assert stages == ["understood", "retrieved", "read", "checked"]
    drafts = [one.statement for one in told if isinstance(one, StatementDraft)]
    last = told[-1]
    assert isinstance(last, AnswerGiven)
    kept = [one for one in last.answer.statements if one.quotes]
    assert [one.text for one in drafts if one.quotes] == [one.text for one in kept]
    assert [one.quotes for one in drafts if one.quotes] == [one.quotes for one in kept]
    assert last.id


def test_a_stream_and_a_plain_answer_have_the_same_values(client: Client) -> None:
    plain = json.loads(client.ask(QUESTION).json)
    last = list(client.ask_stream(QUESTION))[-1]
    assert isinstance(last, AnswerGiven)
    assert json.loads(last.json) == plain


def test_a_question_that_is_sent_again_with_its_key_is_answered_once(client: Client) -> None:
    first = client.ask(QUESTION, idempotency_key="client-key-1")
    second = client.ask(QUESTION, idempotency_key="client-key-1")
    assert (second.id, second.json) == (first.id, first.json)
    with pytest.raises(ServerRefused, match="another request"):
        client.ask("Another question in Franklin?", idempotency_key="client-key-1")


def test_answers_are_kept_listed_checked_and_deleted(client: Client) -> None:
    given = client.ask("Who must dispose of records in the State of Franklin?")
    assert given.id in {one.id for one in client.answers(page=1)}
    assert client.answer(given.id).json == given.json
    assert client.check(given.id).holds
    client.delete(given.id)
    assert given.id not in {one.id for one in client.answers()}
    with pytest.raises(ServerRefused) as refused:
        client.answer(given.id)
    assert refused.value.status == 404
    assert refused.value.request_id


def test_an_answer_holds_and_a_changed_one_does_not(client: Client) -> None:
    given = client.ask(QUESTION)
    whole = client.verify(given)
    assert whole.holds
    assert whole.recorded
    changed = client.verify(given.json.replace("seventy-two", "ninety-two"))
    assert not changed.holds
    assert "not_verbatim" in {fault.kind for fault in changed.faults}


def test_law_is_read_by_citation_and_by_identifier(client: Client) -> None:
    law = client.read("Frank. Stat. § 12-3-402(b)(3)")
    assert law.found
    assert law.citation == "Frank. Stat. § 12-3-402(b)(3)"
    assert law.text[law.start : law.end]
    same = client.section("/us-fr/fs/s12-3-402/b/3")
    assert same == law
    assert client.section("/us-fr/fs/s99-9-999") is None
    bare = client.read("section 12-3-402", jurisdiction="us-fr")
    assert bare.id == law.id


def test_law_that_is_not_there_says_why(client: Client) -> None:
    law = client.read("15 U.S.C. § 6801")
    assert not law.found
    assert law.reason == "not_installed"
    assert law.message
    with pytest.raises(UsageError, match="no identifier"):
        client.section("12-3-402")


def test_a_chapter_is_a_list_of_sections(client: Client) -> None:
    chapter = client.section("/us-fr/fs/ch12-4")
    assert chapter is not None
    assert chapter.found
    assert "/us-fr/fs/s12-4-104" in {one.id for one in chapter.sections}


def test_search_goes_on_page_by_page_and_finds_each_section_once(client: Client) -> None:
    whole = client.search("notice", jurisdictions=["us-fr"], limit=9)
    pages: list[Hit] = []
    cursor = None
    for _ in range(3):
        page = client.search("notice", jurisdictions=["us-fr"], limit=3, cursor=cursor)
        pages += page.hits
        cursor = page.next
    assert [one.id for one in pages] == [one.id for one in whole.hits]
    assert len({one.id for one in pages}) == 9


def test_citations_in_a_text_are_found_with_what_they_lead_to(client: Client) -> None:
    text = "As in Frank. Stat. § 12-4-104 and 15 U.S.C. § 6801(b)."
    found = client.resolve(text)
    assert [one.outcome for one in found] == ["found", "code_not_installed"]
    assert [text[one.start : one.end] for one in found] == [one.text for one in found]
    assert found[0].sections == ("/us-fr/fs/s12-4-104",)


def test_the_library_tells_its_packs(client: Client) -> None:
    library = client.library()
    assert {one.name for one in library.packs} == {"us_fr_regulations", "us_fr_statutes"}
    assert client.ask(QUESTION).answer.provenance.library == library.digest


def test_a_comparison_has_a_column_a_jurisdiction(client: Client) -> None:
    found = client.compare("How soon must notice of a breach be given?", ["us-fr", "us-mo"])
    assert [one["jurisdiction"] for one in found["columns"]] == ["us-fr", "us-mo"]


def test_a_question_is_watched_asked_again_and_watched_no_more(client: Client) -> None:
    watch = client.watch(QUESTION)
    assert client.watch(QUESTION).id == watch.id
    assert watch in client.watches()
    assert watch.last_answer is not None
    assert client.answer(watch.last_answer).answer.question.text == QUESTION
    ran = client.run_watches([watch.id])
    assert (ran["changed"], [one["outcome"] for one in ran["watches"]]) == (0, ["same"])
    client.unwatch(watch.id)
    assert client.watches() == ()
    with pytest.raises(ServerRefused, match="no such watch"):
        client.run_watches([watch.id])


def test_what_the_server_refuses_is_told_in_its_words(client: Client) -> None:
    with pytest.raises(ServerRefused, match="Atlantis") as refused:
        client.ask("What must we do?", jurisdictions=["Atlantis"])
    assert refused.value.status == 422
    assert isinstance(refused.value, PinciteError)


def test_no_server_is_said_plainly() -> None:
    with Client("http://127.0.0.1:9") as client, pytest.raises(ServerUnreachable, match="serve"):
        client.library()
    with pytest.raises(UsageError, match="no address"):
        Client("127.0.0.1:8000")


@pytest.mark.parametrize(
    "body", [b"<html>hello</html>", b"[]", b'{"packs": 3}', b'{"digest": "x"}', b"null"]
)
def test_something_that_is_no_pincite_server_is_said_plainly(body: bytes) -> None:
    def other(_: httpx2.Request) -> httpx2.Response:
        return httpx2.Response(200, content=body)

    with (
        Client("http://elsewhere.test", transport=httpx2.MockTransport(other)) as client,
        pytest.raises(ServerError, match="Pincite server"),
    ):
        client.library()


def test_the_key_goes_along_and_a_redirect_is_not_followed() -> None:
    seen: list[httpx2.Request] = []

    def elsewhere(request: httpx2.Request) -> httpx2.Response:
        seen.append(request)
        return httpx2.Response(302, headers={"Location": "http://thief.test/"})

    transport = httpx2.MockTransport(elsewhere)
    with (
        Client("http://here.test", "secret", transport=transport) as client,
        pytest.raises(ServerRefused),
    ):
        client.library()
    assert [one.url.host for one in seen] == ["here.test"]
    assert seen[0].headers["Authorization"] == "Bearer secret"


def test_a_stream_that_breaks_off_is_no_answer() -> None:
    def short(_: httpx2.Request) -> httpx2.Response:
        return httpx2.Response(200, content=b'event: stage\ndata: {"stage": "read"}\n\nevent: ans')

    with (
        Client("http://here.test", transport=httpx2.MockTransport(short)) as client,
        pytest.raises(ServerError, match="ended before"),
    ):
        list(client.ask_stream("What?"))


def test_a_stream_that_tells_a_problem_raises_it() -> None:
    problem = b'event: problem\ndata: {"status": 503, "detail": "Busy.", "request_id": "r"}\n\n'

    def busy(_: httpx2.Request) -> httpx2.Response:
        return httpx2.Response(200, content=problem)

    with (
        Client("http://here.test", transport=httpx2.MockTransport(busy)) as client,
        pytest.raises(ServerRefused, match="Busy"),
    ):
        list(client.ask_stream("What?"))


def cut(data: bytes, at: list[int]) -> list[bytes]:
    places = sorted({min(one, len(data)) for one in at})
    edges = [0, *places, len(data)]
    return [data[a:b] for a, b in pairwise(edges)]


ENDS: list[Callable[[str], str]] = [
    lambda text: text,
    lambda text: text.replace("\n", "\r\n"),
    lambda text: text.replace("\n", "\r"),
]


@given(
    payloads=st.lists(
        st.text(st.characters(exclude_characters="\r\n", codec="utf-8"), max_size=30), max_size=5
    ),
    at=st.lists(st.integers(0, 400), max_size=8),
    end=st.sampled_from(ENDS),
)
def test_events_are_read_whole_wherever_the_stream_is_cut(
    payloads: list[str], at: list[int], end: Callable[[str], str]
) -> None:
    text = "".join(f": still\n\nevent: one\ndata: {data}\nid: 7\n\n" for data in payloads)
    # A piece more: a CR at the very end waits for an LF that may follow it.
    pieces = cut((end(text) + ":").encode(), at)
    assert list(events(lines(pieces))) == [ServerEvent("one", data, "7") for data in payloads]
