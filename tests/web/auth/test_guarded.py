"""Every address is guarded, none by omission; and no workspace reaches into another over HTTP."""

from __future__ import annotations

import base64
import json
import re
import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING, Any

import pytest
from fastapi.routing import iter_route_contexts
from tests.web.auth.conftest import QUESTION

from pincite.accounts.people import Scope
from pincite.library.answers import SavedAnswers
from pincite.web.auth.rules import Open, Rules

if TYPE_CHECKING:
    from starlette.testclient import TestClient
    from tests.web.auth.conftest import Server

# The addresses that need no account, by hand: one that is added to the rules must be added here.
OPEN = {
    ("GET", "/health"),
    ("GET", "/ready"),
    ("GET", "/login"),
    ("POST", "/login"),
    ("POST", "/theme"),
    ("GET", "/about"),
    ("GET", "/static/x"),
}


def routes(server: Server) -> set[tuple[str, str]]:
    """Every method and address that the application has, with something in the place of names."""
    found: set[tuple[str, str]] = set()
    for one in iter_route_contexts(server.app.routes):
        path = str(getattr(one, "path", ""))
        for method in getattr(one, "methods", None) or {"GET"}:
            if method != "HEAD":
                filled = re.sub(r"\{[^}]+\}", "0123456789abcdef", path)
                found.add((method, f"{path}/x" if path == "/static" else filled))
    return found


def test_every_route_of_the_application_is_in_the_rules(shared: Server) -> None:
    rules = Rules()
    found = routes(shared)
    assert len(found) > 30
    forgotten = {(method, path) for method, path in found if not rules.listed(method, path)}
    assert forgotten == set(), "say in web/auth/rules.py what these need"


def test_nothing_is_open_but_what_has_to_be(shared: Server) -> None:
    rules = Rules()
    found = {one for one in routes(shared) if rules.need(*one) is Open.ANYBODY}
    assert found == OPEN


def test_nobody_gets_anything_from_any_route(server: Server) -> None:
    """Not by what the rules say, but by asking each of them."""
    server.desk.rates = type(server.desk.rates)(nobody=server.desk.rates.any)
    reached = []
    for number, (method, path) in enumerate(sorted(routes(server) - OPEN)):
        server.clock.later(seconds=1 + number)
        program = server.browser(Accept="application/json")
        found = program.request(method, path, json={} if method != "GET" else None)
        if found.status_code != 401:
            reached.append((method, path, found.status_code))
        page = server.browser().request(method, path)
        if method == "GET" and not path.startswith(("/api", "/openapi", "/metrics")):
            assert page.headers.get("location", "").startswith("/login"), path
    assert reached == []


def test_an_address_that_no_rule_is_about_is_for_admins(shared: Server) -> None:
    assert Rules().need("GET", "/something/new") is Scope.ADMIN
    assert Rules().need("PUT", "/") is Scope.ADMIN
    assert shared.as_person("ann").get("/something/new").status_code == 403
    assert shared.as_person("root").get("/something/new").status_code == 404


@pytest.mark.parametrize("scope", list(Scope))
def test_a_key_reaches_what_its_scopes_say_and_nothing_else(shared: Server, scope: Scope) -> None:
    rules = Rules()
    program = shared.program("root", scope)
    wrong = []
    for method, path in sorted(routes(shared) - OPEN):
        shared.clock.later(seconds=5)
        need = rules.need(method, path)
        found = program.request(method, path, json={} if method in {"POST", "PUT"} else None)
        refused = found.status_code in {401, 403}
        if refused is (need is scope):
            wrong.append((method, path, need, found.status_code))
    assert wrong == []


def test_roles_reach_what_the_docs_say(server: Server) -> None:
    cleo, ann, root = (server.as_person(name) for name in ("cleo", "ann", "root"))
    assert cleo.get("/search?q=ferry").status_code == 200
    assert cleo.post("/ask", {"question": QUESTION}).status_code == 403
    assert ann.post("/ask", {"question": QUESTION}).status_code == 303
    assert ann.get("/metrics").status_code == 403
    assert root.get("/metrics").status_code == 200


def ask(program: TestClient) -> tuple[str, dict[str, Any]]:
    found = program.post("/api/v1/ask", json={"question": QUESTION})
    assert found.status_code == 200, found.text
    return found.headers["x-answer-id"], found.json()


def test_no_workspace_reaches_what_another_keeps(server: Server) -> None:
    """Everything that one workspace has is asked for by the other, at every address there is."""
    ann, bob = server.program("ann"), server.program("bob")
    answer, body = ask(ann)
    place = "summary[0]"
    said = ann.post(f"/api/v1/answers/{answer}/feedback", json={"verdict": "right", "place": place})
    assert said.status_code == 201
    document = ann.post("/api/v1/documents", json={"name": "memo.txt", "content": "bWVtbw=="})
    assert document.status_code == 201
    kept = document.json()["id"]
    assert ann.get(f"/api/v1/documents/{kept}").content == b"memo"
    for path in (
        f"/api/v1/answers/{answer}",
        f"/api/v1/answers/{answer}/check",
        f"/api/v1/answers/{answer}/feedback",
        f"/api/v1/documents/{kept}",
        f"/a/{answer}",
        f"/a/{answer}.json",
        f"/a/{answer}.md",
        f"/a/{answer}/check",
    ):
        assert ann.get(path).status_code == 200, path
        assert bob.get(path).status_code == 404, path
    assert bob.get("/api/v1/documents").json() == {"documents": []}
    assert bob.get("/api/v1/answers").json()["answers"] == []
    assert QUESTION not in bob.get("/", headers={"Accept": "text/html"}).text
    assert bob.post(
        f"/api/v1/answers/{answer}/feedback", json={"verdict": "right", "place": place}
    ).status_code == 404  # fmt: skip
    assert bob.post("/api/v1/verify", json=body).json()["recorded"] is False
    assert ann.post("/api/v1/verify", json=body).json()["recorded"] is True
    for path in (f"/api/v1/answers/{answer}", f"/api/v1/documents/{kept}"):
        assert bob.delete(path).status_code == 404
        assert ann.get(path).status_code == 200
    assert {one.question for one in server.desk.audit.entries(workspace="south")} <= {None}


def test_one_idempotency_key_of_two_workspaces_is_two_keys(server: Server) -> None:
    header = {"Idempotency-Key": "one"}
    ann = server.program("ann").post("/api/v1/ask", json={"question": QUESTION}, headers=header)
    other = {"question": "What is the penalty for a breach in Franklin?"}
    bob = server.program("bob").post("/api/v1/ask", json=other, headers=header)
    assert (ann.status_code, bob.status_code) == (200, 200)
    assert bob.json()["question"] == other["question"]


def test_an_answer_is_written_down_before_it_is_shown(server: Server) -> None:
    answer, body = ask(server.program("ann"))
    (entry,) = server.desk.audit.entries(workspace="north")
    assert (entry.actor, entry.action, entry.question) == ("ann", "ask", QUESTION)
    assert entry.via.startswith("pincite_")
    cited = [(one["id"], one["text_sha256"]) for one in body["sources"]]
    assert [(one["id"], one["text_sha256"]) for one in entry.detail["law"]] == cited
    assert entry.detail["answer_sha256"].startswith(answer)
    assert entry.detail["library"] == body["provenance"]["library"]


def test_an_answer_that_cannot_be_written_down_is_not_given(server: Server) -> None:
    program = server.program("ann")
    with closing(sqlite3.connect(server.settings.home / "audit.db")) as audit:
        audit.execute("DROP TABLE texts")
    refused = program.post("/api/v1/ask", json={"question": QUESTION})
    assert refused.status_code == 500
    assert "shall" not in refused.text
    with SavedAnswers(server.settings.home, workspace="north") as saved:
        assert saved.all() == ()


def test_a_document_that_comes_and_goes_is_written_down_without_its_name(server: Server) -> None:
    ann, content = server.program("ann"), base64.b64encode(HANDBOOK.encode()).decode()
    given = {"name": "zanzibar.md", "kind": "internal", "cited_as": "Handbook", "content": content}
    header = {"Idempotency-Key": "one"}
    for _ in range(2):  # the second is the first one's reply
        kept = ann.post("/api/v1/documents", json=given, headers=header)
        assert kept.status_code == 201, kept.text
    assert ann.delete(f"/api/v1/documents/{kept.json()['id']}").status_code == 204
    assert ann.delete(f"/api/v1/documents/{kept.json()['id']}").status_code == 404
    person = server.as_person("ann")
    page = person.post(
        "/library",
        {"kind": "internal", "name": "Handbook"},
        files={"file": ("zanzibar.md", HANDBOOK.encode(), "text/markdown")},
    )
    assert page.status_code == 303, page.text
    assert person.post(f"/library/{kept.json()['id']}/remove", {}).status_code == 303
    told = [one for one in server.desk.audit.entries(workspace="north") if "document" in one.action]
    said = [(one.actor, one.action, one.via.partition("_")[0]) for one in told]
    by_key, by_page = ("ann", "pincite"), ("ann", "session")
    acts = ("add document", "remove document")
    assert said == [(who, act, via) for who, via in (by_key, by_page) for act in acts]
    known = kept.json()
    expected = {"document": known["id"], "sha256": known["sha256"], "kind": "internal"}
    assert [one.detail for one in told] == [expected | {"bytes": len(HANDBOOK.encode())}] * 4
    assert server.desk.audit.verify().troubles == ()


def test_what_is_deleted_said_or_no_more_watched_is_written_down(server: Server) -> None:
    ann, person = server.program("ann"), server.as_person("ann")
    asked = ann.post("/api/v1/ask", json={"question": QUESTION})
    kept = asked.headers["x-answer-id"]
    said = {"verdict": "missing", "note": "no period"}
    assert ann.post(f"/api/v1/answers/{kept}/feedback", json=said).status_code == 201
    assert person.post(f"/a/{kept}/feedback", said).status_code == 303
    for unwatch in ("api", "page"):
        watch = ann.post("/api/v1/watches", json={"question": QUESTION}).json()["id"]
        if unwatch == "api":
            assert ann.delete(f"/api/v1/watches/{watch}").status_code == 204
            assert ann.delete(f"/api/v1/watches/{watch}").status_code == 404
        else:
            assert person.post(f"/watches/{watch}/remove", {}).status_code == 303
    assert ann.delete(f"/api/v1/answers/{kept}").status_code == 204
    assert ann.delete(f"/api/v1/answers/{kept}").status_code == 404
    entries = [
        one
        for one in server.desk.audit.entries(workspace="north")
        if one.action in {"feedback", "remove watch", "delete answer"}
    ]
    acts = ["feedback", "feedback", "remove watch", "remove watch", "delete answer"]
    assert [one.action for one in entries] == acts
    assert entries[0].detail == {"answer": kept, "verdict": "missing"}
    assert entries[-1].detail == {"answer": kept}
    assert server.desk.audit.verify().troubles == ()


def test_a_document_whose_coming_or_going_cannot_be_written_down_stays_as_it_was(
    server: Server,
) -> None:
    ann = server.program("ann")
    given = {"name": "memo.txt", "content": "bWVtbw=="}
    kept = ann.post("/api/v1/documents", json=given).json()["id"]
    with closing(sqlite3.connect(server.settings.home / "audit.db")) as audit:
        audit.execute("DROP TABLE entries")
    other = base64.b64encode(HANDBOOK.encode()).decode()
    more = {"name": "h.md", "kind": "internal", "cited_as": "Handbook", "content": other}
    assert ann.post("/api/v1/documents", json=more).status_code == 500
    assert ann.delete(f"/api/v1/documents/{kept}").status_code == 500
    assert [one["id"] for one in ann.get("/api/v1/documents").json()["documents"]] == [kept]
    assert ann.get("/api/v1/sections/internal/handbook/s1.1").status_code == 404


def test_a_comparison_is_its_workspaces_alone_and_leaves_no_text_when_it_is_deleted(
    server: Server,
) -> None:
    ann, bob = server.program("ann"), server.program("bob")
    question = "What must a zanzibarian breach notice say?"
    made = ann.post("/api/v1/compare", json={"question": question, "jurisdictions": ["FR", "MO"]})
    kept = made.headers["X-Comparison-ID"]
    paths = (f"/api/v1/comparisons/{kept}", f"/c/{kept}", f"/c/{kept}.json", f"/c/{kept}.csv")
    for path in paths:
        assert (ann.get(path).status_code, bob.get(path).status_code) == (200, 404), path
    assert "zanzibarian" not in bob.get("/compare").text
    assert bob.delete(paths[0]).status_code == 404
    assert ann.delete(paths[0]).status_code == 204
    files = (path for path in server.settings.home.rglob("*") if path.is_file())
    assert [path.name for path in files if b"zanzibarian" in path.read_bytes()] == []
    assert server.desk.audit.verify().troubles == ()


def test_a_comparison_is_written_down_too(server: Server) -> None:
    found = server.program("ann").post(
        "/api/v1/compare",
        json={"question": "What must a breach notice say?", "jurisdictions": ["FR", "MO"]},
    )
    entries = [one for one in server.desk.audit.entries() if one.action == "compare"]
    assert bool(entries) is (found.status_code == 200)


def test_a_deleted_answer_leaves_no_text_anywhere(server: Server) -> None:
    program = server.program("ann")
    found = program.post(
        "/api/v1/ask",
        json={"question": f"{QUESTION} We are the Zanzibarian Ferry Company.", "facts": ["ferry"]},
    )
    answer = found.headers["x-answer-id"]
    program.post(
        f"/api/v1/answers/{answer}/feedback",
        json={"verdict": "missing", "note": "Zanzibarian ferries"},
    )
    home = server.settings.home

    def left() -> set[str]:
        files = (path for path in home.rglob("*") if path.is_file())
        return {path.name for path in files if b"Zanzibarian" in path.read_bytes()}

    # Each of the three has it, in the file itself or in its log.
    assert {name.removesuffix("-wal") for name in left()} == {
        "answers.db",
        "audit.db",
        "workspaces.db",
    }
    assert program.delete(f"/api/v1/answers/{answer}").status_code == 204
    assert left() == set()
    assert server.desk.audit.verify().troubles == ()


def test_requests_are_limited_for_each_caller(server: Server) -> None:
    program = server.program("ann")
    codes = [program.get("/api/v1/library").status_code for _ in range(130)]
    assert codes[0] == 200
    assert codes[-1] == 429
    found = program.get("/api/v1/library")
    assert int(found.headers["retry-after"]) >= 1
    assert found.headers["content-type"] == "application/problem+json"
    assert server.program("bob").get("/api/v1/library").status_code == 200
    server.clock.later(seconds=int(found.headers["retry-after"]))
    assert program.get("/api/v1/library").status_code == 200


def test_questions_are_limited_for_each_account_whatever_its_keys(server: Server) -> None:
    codes = [
        server.program("ann").post("/api/v1/ask", json={"question": ""}).status_code
        for _ in range(12)
    ]
    assert codes[0] == 422
    assert codes[-1] == 429


def test_addresses_without_an_account_are_limited_too(server: Server) -> None:
    nobody = server.browser(Accept="application/json")
    codes = [nobody.get("/api/v1/library").status_code for _ in range(40)]
    assert (codes[0], codes[-1]) == (401, 429)


def test_what_the_server_says_of_itself_has_no_secret(shared: Server) -> None:
    key = shared.key("ann")
    description = shared.program("ann").get("/openapi.json").text
    metrics = shared.program("root").get("/metrics").text
    for text in (description, metrics, json.dumps(shared.settings.model_dump(mode="json"))):
        assert key not in text


HANDBOOK = "# Notice\n\n## 1.1 Zanzibar\n\nWe tell residents of a zanzibar breach in ninety days.\n"
ORCHARDS = "# Rules\n\n## 1.1 Quince\n\nA grower shall file the quince report within 12 days.\n"


def test_no_workspace_reads_the_documents_of_another(server: Server) -> None:
    """Law and policies that one workspace adds are in no answer, page, list or hit of another."""
    ann, bob, root = (server.program(name) for name in ("ann", "bob", "root"))
    for text, told in (
        (HANDBOOK, {"name": "h.md", "kind": "internal", "cited_as": "Zanzibar handbook"}),
        (
            ORCHARDS,
            {
                "name": "q.md",
                "kind": "regulations",
                "jurisdiction": "us-fr",
                "code": "Quince Rules",
            },
        ),
    ):
        content = base64.b64encode(text.encode()).decode()
        made = ann.post("/api/v1/documents", json={"content": content, **told})
        assert made.status_code == 201, made.text
    doors: tuple[tuple[str, str, dict[str, Any] | None], ...] = (
        ("GET", "/library", None),
        ("GET", "/api/v1/library", None),
        ("GET", "/api/v1/search?q=zanzibar&kind=internal", None),
        ("GET", "/api/v1/search?q=quince", None),
        ("GET", "/search?q=quince", None),
        ("GET", "/api/v1/sections/internal/zanzibar-handbook/s1.1", None),
        ("GET", "/internal/zanzibar-handbook/s1.1", None),
        ("GET", "/us-fr/quince-rules/s1.1", None),
        ("GET", "/api/v1/read?cite=Quince+Rules+%C2%A7+1.1&in=us-fr", None),
        ("POST", "/api/v1/cover", {"law": "Frank. Stat. § 12-4-103"}),
        ("POST", "/api/v1/ask", {"question": "When must a grower file in Franklin?"}),
    )
    words = ("quince report", "zanzibar breach", "zanzibar handbook", "quince rules")
    told = {"ann": "", "bob": "", "root": ""}
    for method, path, body in doors:
        for name, program in (("ann", ann), ("bob", bob), ("root", root)):
            server.clock.later(seconds=10)
            told[name] += program.request(method, path, json=body).text.lower()
    assert {word for word in words if word in told["ann"]} == set(words)
    # What is asked for is repeated; nothing else is told.
    assert "quince report" not in told["bob"] + told["root"]
    assert "ninety days" not in told["bob"] + told["root"]
    assert "zanzibar handbook" not in told["bob"] + told["root"]
