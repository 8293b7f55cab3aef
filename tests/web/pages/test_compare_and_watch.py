"""Comparing jurisdictions, watching questions, and answers as files."""

from __future__ import annotations

import json
from hashlib import sha256
from io import BytesIO
from typing import TYPE_CHECKING
from zipfile import ZipFile

import pytest
from tests.watch.conftest import next_session
from tests.web.pages.conftest import NOW, QUESTION
from tests.web.pages.taken_apart import marked, parsed, texts

from pincite.assistant import Assistant, open_source

if TYPE_CHECKING:
    from starlette.testclient import TestClient

    from pincite.settings import Settings

COMPARED = {"question": QUESTION, "in": ["us-fr", "us-mo"]}


def test_a_comparison_has_a_pinpoint_in_every_cell_or_says_what_was_searched(
    client: TestClient,
) -> None:
    page = parsed(client.post("/compare", data=COMPARED).text)
    assert texts(page, "h1") == [QUESTION]
    heads = [" ".join(one.text_content().split()) for one in page.xpath("//thead/th|//thead//th")]
    assert any(one.startswith("State of Franklin") for one in heads)
    cells = page.xpath("//tbody//td")
    assert cells
    for cell in cells:
        links = cell.xpath(".//a[contains(@class,'cite')]/@href")
        assert (
            links or "not installed" in cell.text_content() or "none found" in cell.text_content()
        )
        for link in links:
            words = " ".join(marked(parsed(client.get(link.partition("#")[0]).text)).split())
            said = " ".join(cell.text_content().split())
            assert words.split(" ")[0] in said


def test_a_streamed_comparison_tells_its_progress_and_gives_the_same_matrix(
    client: TestClient,
) -> None:
    told = client.post("/compare/stream", data=COMPARED, headers={"Accept": "*/*"})
    events = [json.loads(line) for line in told.text.splitlines()]
    assert any("of 2 compared" in one["text"] for one in events if one["kind"] == "status")
    streamed = parsed(next(one["html"] for one in events if one["kind"] == "head"))
    whole = parsed(client.post("/compare", data=COMPARED).text)
    assert texts(streamed, "td") == texts(whole, "td")
    assert events[-1]["kind"] == "done"


@pytest.mark.parametrize("kind", ["csv", "xlsx", "docx", "json"])
def test_a_comparison_can_be_taken_along(client: TestClient, kind: str) -> None:
    kept = client.post("/compare", data=COMPARED, follow_redirects=False).headers["location"]
    page = parsed(client.get(kept).text)
    assert f"{kept}.{kind}" in page.xpath("//p[@class='exports']//a/@href")
    made = client.get(f"{kept}.{kind}")
    assert made.status_code == 200
    assert made.headers["content-disposition"].endswith(f'.{kind}"')
    assert made.content


def test_a_comparison_has_an_address_that_never_changes(
    own: tuple[TestClient, Settings],
) -> None:
    client, settings = own
    kept = client.post("/compare", data=COMPARED, follow_redirects=False).headers["location"]
    body = client.get(f"{kept}.json").content
    assert sha256(body).hexdigest().startswith(kept.removeprefix("/c/"))
    before = parsed(client.get(kept).text)
    assert sha256(body).hexdigest() in before.xpath("//code/@title")
    assert "has changed since" not in before.text_content()
    assert kept in parsed(client.get("/compare").text).xpath("//a/@href")
    assistant = Assistant(settings, now=NOW)
    source = open_source(str(next_session(settings.home.parent / "later")))
    assistant.add([offer.name for offer in assistant.offers(source=source)], source=source)
    after = parsed(client.get(kept).text)
    assert "has changed since" in after.text_content()
    assert texts(after, "td") == texts(before, "td")
    assert client.get(f"{kept}.json").content == body
    assert client.get("/c/0123456789abcdef").status_code == 404
    link = after.xpath("//td//a[contains(@class,'cite')]/@href")[0]
    path, _, query = link.partition("?")
    beside = parsed(client.get(f"{kept}?law={path}&{query.partition('#')[0]}").text)
    assert beside.xpath("//dialog[@open]")


def test_a_comparison_of_one_jurisdiction_says_what_is_missing(client: TestClient) -> None:
    page = client.post("/compare", data={"question": QUESTION, "in": "us-fr"})
    assert page.status_code == 422
    assert len(texts(parsed(page.text), "p.warning")) == 1


@pytest.mark.parametrize("suffix", ["docx", "pdf", "html", "md", "json"])
def test_an_answer_can_be_taken_along_in_every_form(
    client: TestClient, answer: str, suffix: str
) -> None:
    page = parsed(client.get(answer).text)
    assert f"{answer}.{suffix}" in page.xpath("//p[@class='exports']//a/@href")
    made = client.get(f"{answer}.{suffix}")
    assert made.status_code == 200
    assert "attachment" in made.headers["content-disposition"]
    starts = {"docx": b"PK", "pdf": b"%PDF", "html": b"<!", "md": b"# ", "json": b"{"}
    assert made.content.lower().startswith(starts[suffix].lower())
    if suffix == "docx":
        names = ZipFile(BytesIO(made.content)).namelist()
        assert "word/document.xml" in names


def test_an_answer_has_no_other_form(client: TestClient, answer: str) -> None:
    assert client.get(f"{answer}.exe").status_code == 404


def test_a_watched_question_tells_what_changed_in_its_law_word_by_word(
    own: tuple[TestClient, Settings],
) -> None:
    client, settings = own
    empty = parsed(client.get("/watches").text)
    assert "Nothing is watched yet." in texts(empty, "p.empty")
    page = parsed(client.post("/watches", data={"question": QUESTION}).text)
    assert QUESTION in texts(page, "a")
    same = parsed(client.post("/watches/run").text)
    assert any("Nothing has changed." in one for one in texts(same, "div"))
    assistant = Assistant(settings, now=NOW)
    source = open_source(str(next_session(settings.home.parent / "later")))
    assistant.add([offer.name for offer in assistant.offers(source=source)], source=source)
    changed = parsed(client.post("/watches/run").text)
    assert any("The answer has changed." in one for one in texts(changed, "div.notice"))
    assert "Frank. Stat. § 12-4-103" in texts(changed, "cite")
    assert "thirty" in texts(changed, "ins")
    (remove,) = changed.xpath("//form[contains(@action,'/remove')]/@action")
    assert "Nothing is watched yet." in texts(parsed(client.post(remove).text), "p.empty")
    assert client.post(remove).status_code == 404


def test_a_watch_without_a_question_is_refused_on_the_page(client: TestClient) -> None:
    refused = client.post("/watches", data={"question": " "})
    assert refused.status_code == 422
    assert len(texts(parsed(refused.text), "p.warning")) == 1
