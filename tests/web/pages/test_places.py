"""The first page, search, the library, light and dark, and pages for errors."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.web.pages.conftest import QUESTION
from tests.web.pages.taken_apart import found, marked, parsed, texts

from pincite.web.pages.telling import told

if TYPE_CHECKING:
    from starlette.testclient import TestClient


def test_the_first_page_has_the_box_the_installed_jurisdictions_and_what_was_asked(
    client: TestClient,
) -> None:
    asked = client.post("/ask", data={"question": QUESTION}, follow_redirects=False)
    page = parsed(client.get("/").text)
    assert page.xpath("//form[@action='/ask']//textarea[@name='question']")
    assert page.xpath("//input[@name='in']/@value") == ["us-fr"]
    assert QUESTION in texts(page, "a")
    assert asked.headers["location"] in page.xpath("//a/@href")
    assert any("State of Franklin" in one for one in texts(page, "button.link"))


def test_every_example_is_answered(client: TestClient) -> None:
    for example in texts(parsed(client.get("/").text), "button.link"):
        answered = parsed(client.post("/ask", data={"question": example}).text)
        assert "No answer" not in texts(answered, "h2"), example


def test_an_empty_library_says_what_to_do(empty: TestClient) -> None:
    assert "No law is installed yet" in texts(parsed(empty.get("/").text), "h2")
    assert "pincite library add" in empty.get("/library").text
    assert empty.get("/search?q=breach").status_code == 200


def test_search_finds_words_and_marks_them(client: TestClient) -> None:
    page = parsed(client.get("/search?q=security+deposit").text)
    hits = page.xpath("//ol[@class='hits']/li")
    assert len(hits) == 10
    assert any("deposit" in one.lower() for one in texts(page, "mark"))
    link = hits[0].xpath(".//h2/a/@href")[0]
    assert marked(parsed(client.get(link.partition("#")[0]).text))


def test_search_goes_on_from_page_to_page_without_showing_a_section_twice(
    client: TestClient,
) -> None:
    seen: list[str] = []
    where = "/search?q=person&in=us-fr"
    for _ in range(3):
        page = parsed(client.get(where).text)
        seen += texts(page, "cite")
        (where,) = page.xpath("//a[@rel='next']/@href")
        assert "in=us-fr" in where
    assert len(seen) == len(set(seen)) == 30


@pytest.mark.parametrize(
    "query",
    ["q=breach&in=Atlantis", "q=breach&status=odd", "q=breach&as_of=tomorrow", "q=x&kind=y"],
)
def test_a_search_that_cannot_be_made_says_why(client: TestClient, query: str) -> None:
    page = client.get(f"/search?{query}")
    assert page.status_code == 422
    assert len(texts(parsed(page.text), "p.warning")) == 1


def test_a_search_without_a_hit_and_without_words_are_calm_pages(client: TestClient) -> None:
    assert "Nothing was found" in client.get("/search?q=zyzzyva").text
    assert client.get("/search").status_code == 200
    assert client.get("/search?q=breach&page=9999").status_code == 200


def test_the_library_tells_each_pack_with_its_currency(client: TestClient) -> None:
    page = parsed(client.get("/library").text)
    rows = [" ".join(row.text_content().split()) for row in page.xpath("//tbody/tr")]
    assert len(rows) == 2
    assert "129" in rows[0]
    assert "2026 Regular Session" in rows[0]


def test_dark_and_light_are_kept_without_a_script(client: TestClient) -> None:
    assert '<html lang="en">' in client.get("/").text
    chosen = client.post(
        "/theme", data={"theme": "dark", "back": "/library"}, follow_redirects=False
    )
    assert chosen.headers["location"] == "/library"
    assert '<html lang="en" data-theme="dark">' in client.get("/library").text
    client.cookies.clear()


@pytest.mark.parametrize(
    "where",
    [
        "https://evil.example/",
        "//evil.example",
        "/\\evil.example",
        "javascript:alert(1)",
        "/\r\nX: y",
    ],
)
def test_the_way_back_from_choosing_a_theme_stays_on_this_site(
    client: TestClient, where: str
) -> None:
    answered = client.post("/theme", data={"theme": "x", "back": where}, follow_redirects=False)
    assert answered.headers["location"] == "/"


def test_an_unknown_address_is_told_as_a_page_and_to_a_program_as_json(client: TestClient) -> None:
    page = client.get("/nowhere")
    assert page.status_code == 404
    assert texts(parsed(page.text), "h1") == ["Not Found"]
    told = client.get("/nowhere", headers={"Accept": "application/json"})
    assert told.json()["status"] == 404


def test_what_it_will_not_do_is_said_and_linked_from_every_page(client: TestClient) -> None:
    assert found(parsed(client.get("/about").text), "main")
    for path in ("/", "/library", "/search", "/nowhere"):
        assert "/about" in parsed(client.get(path).text).xpath("//footer//a/@href")


def test_a_page_is_small(client: TestClient, answer: str) -> None:
    shared = sum(
        len(client.get(f"/static/{name}").content)
        for name in ("pincite.css", "pincite.js", "icon.svg")
    )
    for path in ("/", answer, "/library", "/search?q=breach", "/us-fr/fs/s12-3-103", "/about"):
        assert len(client.get(path).content) + shared < 100_000, path


@pytest.mark.parametrize(
    ("name", "values", "expected"),
    [
        (
            "stage",
            {"stage": "understood", "jurisdictions": [{"name": "Ohio"}, {"name": "Utah"}]},
            [("status", "Searching the law of Ohio and Utah")],
        ),
        ("stage", {"stage": "understood", "jurisdictions": []}, []),
        (
            "stage",
            {"stage": "retrieved", "jurisdiction": "us-oh", "candidates": 1234},
            [("status", "Ohio: reading the best of 1,234 sections that were found")],
        ),
        ("stage", {"stage": "read", "jurisdiction": "us-oh", "provisions": 3}, []),
        (
            "stage",
            {"stage": "checked", "jurisdiction": "us-oh", "shown": 7, "withheld": 2},
            [("status", "Ohio: 7 statements hold, 2 withheld")],
        ),
        (
            "statement",
            {"statement": {"kind": "quote", "text": "It must.\u202e"}},
            [("draft", "It must.\ufffd")],
        ),
        ("statement", {"statement": {"kind": "note", "text": "Yes."}}, []),
    ],
)
def test_what_happens_meanwhile_is_told_in_words(
    name: str, values: dict[str, object], expected: list[tuple[str, str]]
) -> None:
    assert list(told(name, values)) == expected
