"""Documents of the workspace over the API, policies held against law, and keys of every write."""

from __future__ import annotations

import base64
from typing import TYPE_CHECKING, Any

import pytest
from tests.web.api.conftest import QUESTION

if TYPE_CHECKING:
    from starlette.testclient import TestClient

API = "/api/v1"
HANDBOOK = "# Notice\n\n## § 1 Breaches\n\nWe tell residents of a breach within ninety days.\n"
RULES = (
    "# Rules\n\n## 1.1 Quince orchards\n\nA grower shall file the quince report within 12 days.\n"
    "\n## 1.2 Penalty\n\nA grower who does not file it shall pay a fine of $500.\n"
)
POLICY = {"name": "handbook.md", "kind": "internal", "cited_as": "Employee handbook"}
BOARD = {
    "name": "board.md",
    "kind": "regulations",
    "jurisdiction": "us-fr",
    "code": "Rules of the Orchard Board",
    "current_through": "2026-07-31",
}


def sent(text: str, **told: Any) -> dict[str, Any]:
    return {"content": base64.b64encode(text.encode()).decode(), **told}


def put(client: TestClient, text: str, **told: Any) -> dict[str, Any]:
    found = client.post(f"{API}/documents", json=sent(text, **told))
    assert found.status_code == 201, found.text
    values: dict[str, Any] = found.json()
    return values


def test_rules_that_are_added_are_searched_read_and_gone_again(own_client: TestClient) -> None:
    made = put(own_client, RULES, **BOARD)
    assert (made["kind"], made["cited_as"], made["sections"]) == (
        "regulation",
        "Rules of the Orchard Board",
        2,
    )
    assert own_client.get(f"{API}/documents").json() == {"documents": [made]}
    found = own_client.get(f"{API}/search", params={"q": "quince"}).json()["hits"]
    section = found[0]["id"]
    assert "quince report" in own_client.get(f"{API}/sections{section}").json()["text"]
    packs = {one["name"] for one in own_client.get(f"{API}/library").json()["packs"]}
    assert made["pack"] in packs
    assert own_client.get(f"{API}/documents/{made['id']}").content == RULES.encode()
    assert own_client.delete(f"{API}/documents/{made['id']}").status_code == 204
    assert own_client.get(f"{API}/sections{section}").status_code == 404
    assert own_client.get(f"{API}/search", params={"q": "quince"}).json()["hits"] == []


def test_a_policy_is_held_against_law_and_answers_no_question(own_client: TestClient) -> None:
    put(own_client, HANDBOOK, **POLICY)
    body = {"law": "Frank. Stat. § 12-4-103", "policies": ["Employee handbook"]}
    found = own_client.post(f"{API}/cover", json=body).json()
    assert found["policies"][0]["name"] == "Employee handbook"
    assert sum(found["counts"].values()) == len(found["items"]) > 0
    quotes = [(one["section"], one) for item in found["items"] for one in item["policy"]]
    for section, quote in [
        *quotes,
        *((one["law"]["section"], one["law"]) for one in found["items"]),
    ]:
        text = own_client.get(f"{API}/sections{section}").json()["text"]
        assert text[quote["start"] : quote["end"]] == quote["quote"]
    answer = own_client.post(f"{API}/ask", json={"question": QUESTION}).json()
    assert not any(one["id"].startswith("/internal") for one in answer["sources"])


def test_without_a_policy_or_such_law_it_is_said(own_client: TestClient) -> None:
    law = {"law": "Frank. Stat. § 12-4-103"}
    none = own_client.post(f"{API}/cover", json=law)
    assert (none.status_code, none.headers["content-type"]) == (404, "application/problem+json")
    assert "no policy" in none.json()["detail"].lower()
    put(own_client, HANDBOOK, **POLICY)
    other = own_client.post(f"{API}/cover", json=law | {"policies": ["Ferry manual"]})
    assert other.status_code == 404
    unknown = own_client.post(f"{API}/cover", json={"law": "Frank. Stat. § 99-9-999"})
    assert (unknown.status_code, unknown.json()["found"]) == (200, False)


@pytest.mark.parametrize(
    ("text", "told", "where"),
    [
        ("x", {"name": "a.exe", "kind": "internal"}, "format"),
        (" ", {"name": "a.md", "kind": "internal"}, "empty"),
        ("x", {"name": "a.md", "kind": "regulations", "code": "A"}, "jurisdiction"),
        ("x", {"name": "a.md", "kind": "regulations", "jurisdiction": "us-fr"}, "code"),
        ("x", {"name": "a.md", "kind": "law"}, "kind"),
        ("x", {"name": "a.md", "kind": "internal", "url": "javascript:1"}, "url"),
    ],
)
def test_what_cannot_be_read_is_refused_in_words_for_a_program(
    own_client: TestClient, text: str, told: dict[str, Any], where: str
) -> None:
    found = own_client.post(f"{API}/documents", json=sent(text, **told))
    assert found.status_code == 422
    assert where in found.json()["detail"]
    assert "--" not in found.json()["detail"]
    assert own_client.get(f"{API}/documents").json() == {"documents": []}


def writes(client: TestClient) -> dict[str, tuple[str, dict[str, Any], dict[str, Any]]]:
    """Every write: its address, a body, and another body."""
    asked = client.post(f"{API}/ask", json={"question": QUESTION})
    answer, kept = asked.json(), asked.headers["X-Answer-ID"]
    other = {"question": "What is the penalty for a breach in the State of Franklin?"}
    said = {"verdict": "missing", "note": "the deadline"}
    compared = {"question": QUESTION, "jurisdictions": ["us-fr", "us-mo"]}
    return {
        "ask": (f"{API}/ask", {"question": QUESTION}, other),
        "verify": (f"{API}/verify", answer, answer | {"facts": ["insurer"]}),
        "feedback": (f"{API}/answers/{kept}/feedback", said, said | {"note": "the fine"}),
        "documents": (f"{API}/documents", sent(HANDBOOK, **POLICY), sent(RULES, **BOARD)),
        "compare": (f"{API}/compare", compared, compared | {"facts": ["insurer"]}),
        "watches": (f"{API}/watches", {"question": QUESTION}, other),
        "run": (f"{API}/watches/run", {}, {"as_of": "2026-01-01"}),
    }


@pytest.mark.parametrize(
    "name", ["ask", "verify", "feedback", "documents", "compare", "watches", "run"]
)
def test_a_write_sent_again_with_its_key_gives_the_same_reply(
    own_client: TestClient, name: str
) -> None:
    path, body, other = writes(own_client)[name]
    key = {"Idempotency-Key": "one"}
    first = own_client.post(path, json=body, headers=key)
    assert first.is_success, first.text
    again = own_client.post(path, json=body, headers=key)
    assert (again.status_code, again.content) == (first.status_code, first.content)
    refused = own_client.post(path, json=other, headers=key)
    assert (refused.status_code, refused.headers["content-type"]) == (
        422,
        "application/problem+json",
    )
    assert "Idempotency-Key" in refused.json()["detail"]
    assert own_client.post(path, json=other, headers={"Idempotency-Key": "two"}).is_success
    if name == "feedback":
        assert len(own_client.get(path).json()["feedback"]) == 2


def test_every_write_is_described_with_its_key(own_client: TestClient) -> None:
    paths = own_client.get("/openapi.json").json()["paths"]
    keyed = {
        path
        for path, item in paths.items()
        if any(
            one["name"].lower() == "idempotency-key"
            for one in item.get("post", {}).get("parameters", [])
        )
    }
    reads = {f"{API}/cover", f"{API}/citations/resolve"}
    posts = {path for path, item in paths.items() if "post" in item}
    assert posts - keyed == reads
    for path in keyed:
        told = next(
            one
            for one in paths[path]["post"]["parameters"]
            if one["name"].lower() == "idempotency-key"
        )
        assert "422" in told["description"]


def test_a_reply_goes_with_what_it_repeats(own_client: TestClient) -> None:
    """What was deleted is given by no key, and by no file."""
    key = {"Idempotency-Key": "one"}
    body = sent("# Zanzibar\n\nWe keep zanzibar ferries.", name="zanzibar.md")
    made = own_client.post(f"{API}/documents", json=body, headers=key).json()
    assert own_client.delete(f"{API}/documents/{made['id']}").status_code == 204
    gone = own_client.post(f"{API}/documents", json=body, headers=key)
    assert (gone.status_code, own_client.get(f"{API}/documents").json()["documents"]) == (410, [])


def test_a_comparison_stays_as_it_was_given_until_it_is_deleted(own_client: TestClient) -> None:
    body = {"question": QUESTION, "jurisdictions": ["us-fr", "us-mo"]}
    key = {"Idempotency-Key": "one"}
    made = own_client.post(f"{API}/compare", json=body, headers=key)
    kept = f"{API}/comparisons/{made.headers['X-Comparison-ID']}"
    assert made.headers["Content-Location"] == kept
    assert own_client.get(kept).content == made.content
    assert own_client.delete(kept).status_code == 204
    assert (own_client.get(kept).status_code, own_client.delete(kept).status_code) == (404, 404)
    assert own_client.post(f"{API}/compare", json=body, headers=key).status_code == 410
