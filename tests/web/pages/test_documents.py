"""Documents of one's own on the pages: put in, seen, held against law, removed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.web.pages.taken_apart import parsed, texts

if TYPE_CHECKING:
    from starlette.testclient import TestClient

    from pincite.settings import Settings

HANDBOOK = b"# Notice\n\n## 1.1 Breaches\n\nWe tell residents of a breach within ninety days.\n"
LAW = "Frank. Stat. § 12-4-103"


def put(client: TestClient, body: bytes = HANDBOOK, file: str = "h.md", **told: str) -> str:
    found = client.post(
        "/library",
        data={"kind": "internal", "name": "Employee handbook"} | told,
        files={"file": (file, body, "text/markdown")},
        follow_redirects=False,
    )
    assert found.status_code == 303, found.text
    return str(found.headers["location"])


def test_a_policy_is_added_held_against_law_and_removed(own: tuple[TestClient, Settings]) -> None:
    client, _ = own
    where = put(client)
    page = parsed(client.get(where.partition("#")[0]).text)
    assert "Employee handbook" in " ".join(texts(page, "tbody//th"))
    assert "Internal documents" not in " ".join(texts(page, "tbody//th"))
    compared = client.get("/cover", params={"law": LAW, "policy": "Employee handbook"})
    assert compared.status_code == 200
    view = parsed(compared.text)
    assert view.xpath("//ol[@class='covered']/li")
    for link in view.xpath("//ol[@class='covered']//a[@data-cite]/@href"):
        assert client.get(link.partition("#")[0]).status_code == 200, link
    (action,) = page.xpath("//form[contains(@action,'/remove')]/@action")
    assert client.post(action).status_code == 200
    assert "Employee handbook" not in client.get("/cover").text


def test_a_question_about_a_policy_leads_to_its_page(own: tuple[TestClient, Settings]) -> None:
    client, _ = own
    question = {"question": f"Does our handbook cover what {LAW} requires?"}
    before = client.post("/ask", data=question, follow_redirects=False)
    assert before.headers["location"].startswith("/a/")
    put(client)
    after = client.post("/ask", data=question, follow_redirects=False)
    assert after.headers["location"].startswith("/cover?law=")
    assert parsed(client.get(after.headers["location"]).text).xpath("//ol[@class='covered']/li")
    told = client.post("/ask/stream", data=question)
    assert told.json() == {"kind": "elsewhere", "href": after.headers["location"]}


def test_rules_that_are_added_are_law_here(own: tuple[TestClient, Settings]) -> None:
    client, _ = own
    rules = b"# R\n\n## 1.1 Quince\n\nA grower shall file.\n\n## 1.2 Fine\n\nA grower shall pay.\n"
    put(client, rules, kind="regulations", jurisdiction="us-fr", code="Orchard Rules", name="")
    assert "1.1" in client.get("/search", params={"q": "quince"}).text
    assert client.get("/us-fr/orchard-rules/s1.1").status_code == 200


def test_what_is_wrong_with_a_form_is_told_on_it_and_what_was_written_stays(
    own: tuple[TestClient, Settings],
) -> None:
    client, _ = own
    for told, name, body, said in (
        ({"kind": "internal"}, "a.exe", b"x", "no format"),
        ({"kind": "regulations", "code": "Orchard Rules"}, "a.md", b"x", "jurisdiction"),
        ({"kind": "internal", "name": "§"}, "a.md", b"x", "cannot be cited"),
        ({"kind": ""}, "a.md", b"x", "Say whether"),
        ({"kind": "internal", "current_through": "soon"}, "a.md", b"x", "no date"),
    ):
        found = client.post("/library", data=told, files={"file": (name, body, "text/plain")})
        (alert,) = texts(parsed(found.text), "p[@role='alert']")
        assert (found.status_code, said in alert, "--" in alert) == (422, True, False), alert
        assert (told.get("code") or "") in found.text
    none = client.post("/library", data={"kind": "internal"})
    assert (none.status_code, "no file was chosen" in none.text.lower()) == (422, True)


def test_what_a_document_holds_is_words_on_the_pages(own: tuple[TestClient, Settings]) -> None:
    client, _ = own
    bad = (
        b"# <script>alert(1)</script>\n\n## 1.1 <img src=x onerror=alert(2)>\n\nWe shall notify.\n"
    )
    put(client, bad, file="<b>x</b>.md")
    for page in ("/library", "/cover", f"/cover?law={LAW}", "/search?q=notify&kind=internal"):
        text = client.get(page).text
        assert "<script>alert" not in text
        assert "<img src=x" not in text


def test_a_policy_is_read_as_no_law(own: tuple[TestClient, Settings]) -> None:
    client, _ = own
    put(client)
    page = client.get("/internal/employee-handbook/s1.1")
    assert page.status_code == 200
    assert "ninety days" in page.text
    hits = client.get("/search", params={"q": "ninety", "kind": "internal"})
    assert "/internal/employee-handbook/s1.1" in hits.text
    assert "/internal/" not in client.get("/search", params={"q": "ninety days"}).text
