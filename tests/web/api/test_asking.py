"""Asking over HTTP: whole and streamed, many at once, given up, sent again."""

from __future__ import annotations

import asyncio
import json
import threading
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import httpx2
import jsonschema
import pytest
from tests.web.api.conftest import NOW, QUESTION

from pincite.client.events import ServerEvent, events, lines
from pincite.sample import sample_packs
from pincite.web.asking import Asking, Wanted
from pincite.web.law import Law
from pincite.web.problems import Problem

if TYPE_CHECKING:
    from collections.abc import Callable

    from fastapi import FastAPI
    from starlette.testclient import TestClient

    from pincite import Assistant, Settings

ASK = "/api/v1/ask"
SCHEMA = Path(__file__).parents[3] / "schema" / "answer.schema.json"
STREAM = {"Accept": "text/event-stream"}


def streamed(text: str) -> list[ServerEvent]:
    return list(events(lines([text.encode(), b"\n"])))


def test_an_answer_is_the_published_wire_format(client: TestClient) -> None:
    response = client.post(ASK, json={"question": QUESTION})
    assert response.status_code == 200
    jsonschema.validate(response.json(), json.loads(SCHEMA.read_text("utf-8")))


def test_an_answer_is_kept_to_the_byte_where_it_says(client: TestClient) -> None:
    given = client.post(ASK, json={"question": QUESTION})
    kept = client.get(given.headers["Content-Location"])
    assert kept.content == given.content
    assert given.headers["X-Answer-ID"] in given.headers["Content-Location"]


def test_a_place_that_is_two_is_an_answer_with_choices(client: TestClient) -> None:
    response = client.post(ASK, json={"question": "How soon must we tell in Washington?"})
    assert response.status_code == 200
    assert response.json()["abstained"]
    assert response.json()["choices"] == ["Washington", "District of Columbia"]


def test_a_stream_has_stages_then_statements_then_the_answer(client: TestClient) -> None:
    response = client.post(ASK, json={"question": QUESTION}, headers=STREAM)
    assert response.headers["Content-Type"].startswith("text/event-stream")
    told = streamed(response.text)
    names = [one.name for one in told]
    assert names[:3] == ["stage"] * 3
    assert names[-1] == "answer"
    answer = json.loads(told[-1].data)
    shown = [*answer["summary"], *(s for b in answer["blocks"] for s in b["statements"])]
    drafts = [json.loads(one.data)["statement"] for one in told if one.name == "statement"]
    assert [one["text"] for one in drafts] == [one["text"] for one in shown if one["cites"]]
    assert client.get(f"/api/v1/answers/{told[-1].id}").json() == answer


def test_a_stream_names_sections_as_the_answer_does_in_the_end(client: TestClient) -> None:
    told = streamed(client.post(ASK, json={"question": QUESTION}, headers=STREAM).text)
    ids = {one["id"] for one in json.loads(told[-1].data)["sources"]}
    drafts = [json.loads(one.data)["statement"] for one in told if one.name == "statement"]
    assert {cite["source"] for one in drafts for cite in one["cites"]} <= ids


def test_what_goes_wrong_in_a_stream_is_its_last_event(settings: Settings) -> None:
    with served(settings) as client:
        law = law_of(client)
        law.ask = refusing
        told = streamed(client.post(ASK, json={"question": QUESTION}, headers=STREAM).text)
    assert [one.name for one in told] == ["problem"]
    assert json.loads(told[0].data)["detail"] == "Busy."


def law_of(client: TestClient) -> Any:
    """What answers, for a test that puts something else in its place."""
    app: Any = client.app
    return app.state.law


async def refusing(_: Callable[[Assistant], object]) -> object:
    raise Problem(503, "Busy.")


def served(settings: Settings) -> TestClient:
    from starlette.testclient import TestClient

    from pincite.web.app import create_app

    return TestClient(create_app(settings, clock=lambda: NOW), base_url="http://localhost")


def test_twenty_questions_at_once_are_all_answered_alike(app: FastAPI) -> None:
    async def twenty() -> list[httpx2.Response]:
        async with called(app) as http:
            asked = [http.post(ASK, json={"question": QUESTION}) for _ in range(20)]
            return list(await asyncio.gather(*asked))

    found = asyncio.run(twenty())
    assert {one.status_code for one in found} == {200}
    assert len({one.content for one in found}) == 1


def test_health_is_told_while_every_thread_answers(app: FastAPI) -> None:
    held = threading.Event()

    async def busy() -> tuple[float, int]:
        law: Law = app.state.law
        async with called(app) as http:
            waiting = [asyncio.create_task(law.ask(lambda _: held.wait(20))) for _ in range(16)]
            await asyncio.sleep(0.1)
            begin = time.monotonic()
            health = await http.get("/health")
            read = await http.get("/api/v1/sections/us-fr/fs/s12-4-104")
            took = time.monotonic() - begin
            held.set()
            await asyncio.gather(*waiting)
            return took, health.status_code + read.status_code

    took, statuses = asyncio.run(busy())
    assert statuses == 400
    assert took < 10, "they waited for the questions"


def test_more_questions_than_can_wait_are_sent_away(
    app: FastAPI, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pincite.web.law._WAITING", 2)
    held = threading.Event()

    async def crowd() -> httpx2.Response:
        law: Law = app.state.law
        async with called(app) as http:
            waiting = [asyncio.create_task(law.ask(lambda _: held.wait(20))) for _ in range(2)]
            await asyncio.sleep(0.05)
            response = await http.post(ASK, json={"question": QUESTION})
            held.set()
            await asyncio.gather(*waiting)
            return response

    response = asyncio.run(crowd())
    assert response.status_code == 503
    assert response.headers["Retry-After"] == "10"


def called(app: FastAPI) -> httpx2.AsyncClient:
    transport = httpx2.ASGITransport(app)
    return httpx2.AsyncClient(transport=transport, base_url="http://localhost", timeout=60)


def test_a_question_that_is_given_up_ends_at_its_next_stage(settings: Settings) -> None:
    told: list[str] = []

    def tell(name: str, values: dict[str, Any]) -> None:
        told.append(values.get("stage", name))
        asking.give_up()

    asking = Asking(wanted(), tell)
    law = Law(settings, clock=lambda: NOW)
    with pytest.raises(Problem, match="given up"):
        asking(law.assistant())
    assert told == ["understood"]
    assert kept(law) == ()


def test_a_question_that_was_given_up_before_it_began_asks_nothing(settings: Settings) -> None:
    told: list[str] = []
    asking = Asking(wanted(), lambda name, _: told.append(name))
    asking.give_up()
    with pytest.raises(Problem, match="given up"):
        asking(Law(settings, clock=lambda: NOW).assistant())
    assert told == []


def wanted() -> Wanted:
    return Wanted(
        question=QUESTION,
        jurisdictions=(),
        facts=(),
        as_of=NOW.date(),
        full=False,
        workspace="default",
    )


def kept(law: Law) -> tuple[Any, ...]:
    from pincite.assistant.browsing import answers_kept

    return answers_kept(law.assistant(), 10)


def test_a_key_gives_the_same_answer_however_often_it_is_sent(client: TestClient) -> None:
    key = {"Idempotency-Key": "order-1"}
    first = client.post(ASK, json={"question": QUESTION}, headers=key)
    again = client.post(ASK, json={"question": QUESTION}, headers=key)
    assert (again.content, again.headers["X-Answer-ID"]) == (
        first.content,
        first.headers["X-Answer-ID"],
    )
    told = streamed(client.post(ASK, json={"question": QUESTION}, headers=key | STREAM).text)
    assert [one.name for one in told] == ["answer"]
    assert json.loads(told[0].data) == first.json()


def test_a_key_of_another_request_is_refused(client: TestClient) -> None:
    key = {"Idempotency-Key": "order-2"}
    client.post(ASK, json={"question": QUESTION}, headers=key)
    other = client.post(ASK, json={"question": "Another one in Franklin?"}, headers=key)
    assert other.status_code == 422


def test_a_key_whose_answer_was_deleted_says_so(client: TestClient) -> None:
    key = {"Idempotency-Key": "order-3"}
    first = client.post(ASK, json={"question": QUESTION}, headers=key)
    client.delete(f"/api/v1/answers/{first.headers['X-Answer-ID']}")
    assert client.post(ASK, json={"question": QUESTION}, headers=key).status_code == 410


def test_a_key_whose_request_failed_may_be_sent_again(settings: Settings) -> None:
    key = {"Idempotency-Key": "order-4"}
    with served(settings) as client:
        law = law_of(client)
        whole = law.ask
        law.ask = refusing
        failed = client.post(ASK, json={"question": QUESTION}, headers=key)
        law.ask = whole
        again = client.post(ASK, json={"question": QUESTION}, headers=key)
    assert (failed.status_code, again.status_code) == (503, 200)


def test_one_key_sent_twice_at_once_is_answered_once(app: FastAPI) -> None:
    async def twice() -> list[int]:
        async with called(app) as http:
            asked = [
                http.post(ASK, json={"question": QUESTION}, headers={"Idempotency-Key": "same"})
                for _ in range(2)
            ]
            return sorted(one.status_code for one in await asyncio.gather(*asked))

    assert asyncio.run(twice()) in ([200, 200], [200, 409])


def test_law_that_another_process_updates_is_seen_without_a_restart(
    own_client: TestClient, settings: Settings, tmp_path: Path
) -> None:
    from pincite import Assistant

    before = own_client.get("/api/v1/library").json()["digest"]
    given = own_client.post(ASK, json={"question": QUESTION})
    newer = sample_packs(tmp_path / "newer", snapshot=2)
    from pincite.assistant import open_source

    Assistant(settings, now=NOW).add(
        ("us_fr_statutes", "us_fr_regulations"), source=open_source(str(newer))
    )
    after = own_client.get("/api/v1/library").json()["digest"]
    assert after != before
    again = own_client.post(ASK, json={"question": QUESTION}).json()
    assert again["provenance"]["library"] == after
    # What was given stays as it was given, and checking it says that the library is another.
    where = given.headers["Content-Location"]
    assert own_client.get(where).content == given.content
    assert own_client.get(f"{where}/check").json()["notes"]
