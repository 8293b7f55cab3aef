"""Lists, addresses and caches of the API."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.web.api.conftest import QUESTION

from pincite.web.api.examples import ANSWER, QUESTIONS, SECTION

if TYPE_CHECKING:
    from starlette.testclient import TestClient

API = "/api/v1"
GETS = (
    f"{API}/library",
    f"{API}/answers",
    f"{API}/search?q=notice",
    f"{API}/read?cite=FS+12-4-104",
    f"{API}/sections/us-fr/fs/s12-4-104",
)


@pytest.mark.parametrize("path", GETS)
def test_every_get_has_a_tag_and_answers_304_to_who_has_it(client: TestClient, path: str) -> None:
    first = client.get(path)
    tag = first.headers["ETag"]
    for sent in (tag, f'"other", {tag}', f"W/{tag}", "*"):
        again = client.get(path, headers={"If-None-Match": sent})
        assert (again.status_code, again.content) == (304, b"")
        assert again.headers["ETag"] == tag
    assert client.get(path, headers={"If-None-Match": '"other"'}).status_code == 200


@pytest.mark.parametrize("path", [*GETS, "/health"])
def test_head_is_get_without_its_body(client: TestClient, path: str) -> None:
    get, head = client.get(path), client.head(path)
    assert head.content == b""
    assert head.status_code == get.status_code
    assert head.headers["Content-Length"] == get.headers["Content-Length"]


def test_a_method_that_is_not_taken_names_those_that_are(client: TestClient) -> None:
    put = client.put(f"{API}/answers/0123456789abcdef")
    assert put.status_code == 405
    assert put.headers["Allow"] == "GET, DELETE, HEAD, OPTIONS"
    options = client.options(f"{API}/ask")
    assert (options.status_code, options.headers["Allow"]) == (204, "POST, OPTIONS")
    assert client.head(f"{API}/ask").status_code == 405


def test_kept_answers_are_listed_page_by_page_each_once(own_client: TestClient) -> None:
    for number in range(5):
        own_client.post(f"{API}/ask", json={"question": f"{QUESTION} ({number})"})
    whole = own_client.get(f"{API}/answers").json()["answers"]
    assert len(whole) == 5
    found: list[dict[str, str]] = []
    path = f"{API}/answers?limit=2"
    while path:
        page = own_client.get(path)
        found += page.json()["answers"]
        link = page.headers.get("Link", "")
        assert bool(link) == (page.json()["next"] is not None)
        path = link.partition(">")[0].removeprefix("<")
    assert found == whole


@pytest.mark.parametrize("cursor", ["x", "WzJd", "!!!!", "W10", "bnVsbA", "W1siYSJdLCAiYiJd"])
def test_a_cursor_that_nobody_gave_is_no_page(client: TestClient, cursor: str) -> None:
    assert client.get(f"{API}/answers", params={"cursor": cursor}).status_code == 404


def test_a_search_of_nothing_that_can_be_looked_for_says_so(client: TestClient) -> None:
    found = client.get(f"{API}/search", params={"q": "of the", "phrase": "true"}).json()
    assert found["hits"] == []
    assert "no word" in found["note"]


def test_a_search_takes_the_options_of_the_command(client: TestClient) -> None:
    query = {"q": "notice", "in": "us-fr", "kind": "regulation", "status": "any", "limit": 3}
    found = client.get(f"{API}/search", params=query).json()
    assert {hit["kind"] for hit in found["hits"]} == {"regulation"}
    assert found["packs"] == ["us_fr_regulations"]


@pytest.mark.parametrize(
    ("path", "pinpoint"),
    [
        ("us-fr/fs/s12-3-402/b/3", "(b)(3)"),
        ("us-fr/fs/s12-3-402@2026-11-21", ""),
        ("us-fr/fs/s12-3-402%402026-11-21", ""),
        ("us%2Dfr/fs/s12%2D3%2D402/b", "(b)"),
    ],
)
def test_an_identifier_is_an_address_however_it_is_escaped(
    client: TestClient, path: str, pinpoint: str
) -> None:
    found = client.get(f"{API}/sections/{path}").json()
    assert found["found"], found
    assert found["citation"] == f"Frank. Stat. § 12-3-402{pinpoint}"


def test_the_document_of_a_section_is_its_list(client: TestClient) -> None:
    found = client.get(f"{API}/sections/us-fr/fs/ch12-4").json()
    assert SECTION in {one["id"] for one in found["sections"]}


def test_the_examples_of_the_description_are_true(client: TestClient) -> None:
    law = client.get(f"{API}/sections{SECTION}").json()["text"]
    cites = [cite for one in ANSWER["summary"] for cite in one["cites"]]
    assert [law[cite["start"] : cite["end"]] for cite in cites] == [one["quote"] for one in cites]
    for example in QUESTIONS.values():
        assert client.post(f"{API}/ask", json=example["value"]).status_code == 200


def test_a_form_of_another_page_cannot_ask(client: TestClient) -> None:
    form = client.post(f"{API}/ask", data={"question": QUESTION})
    assert form.status_code == 415
    plain = client.post(
        f"{API}/ask", content='{"question": "x"}', headers={"Content-Type": "text/plain"}
    )
    assert plain.status_code == 415
