"""Logging in and out, and what somebody tries who cannot."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from tests.web.auth.conftest import PASSWORD, QUESTION, token_in

from pincite.web.auth.login import after

if TYPE_CHECKING:
    from starlette.testclient import TestClient
    from tests.web.auth.conftest import Server


def log_in(client: TestClient, name: str, password: str, **more: str) -> Any:
    token = token_in(client.get("/login").text)
    return client.post(
        "/login", data={"name": name, "password": password, "form_token": token, **more}
    )


def test_somebody_logs_in_asks_and_logs_out(server: Server) -> None:
    client = server.browser()
    sent_away = client.get("/search?q=ferry")
    assert (sent_away.status_code, sent_away.headers["location"]) == (
        303,
        "/login?next=%2Fsearch%3Fq%3Dferry",
    )
    done = log_in(client, "ann", PASSWORD, next="/search?q=ferry")
    assert (done.status_code, done.headers["location"]) == (303, "/search?q=ferry")
    home = client.get("/")
    assert home.status_code == 200
    assert "in north" in home.text
    token = token_in(home.text)
    asked = client.post("/ask", data={"question": QUESTION, "form_token": token})
    assert asked.status_code == 303
    assert client.get(asked.headers["location"]).status_code == 200
    left = client.post("/logout", data={"form_token": token})
    assert left.headers["location"] == "/login"
    assert client.get("/").status_code == 303


def test_the_cookie_is_out_of_reach_of_scripts_and_of_other_sites(server: Server) -> None:
    done = log_in(server.browser(), "ann", PASSWORD)
    cookie = done.headers["set-cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=lax" in cookie
    assert "Path=/" in cookie
    assert "Domain" not in cookie


def test_behind_https_the_cookie_is_for_https_alone(https: Server) -> None:
    client = https.browser()
    client.base_url = "https://localhost"
    done = log_in(client, "ann", PASSWORD)
    cookie = done.headers["set-cookie"]
    assert cookie.startswith("__Host-pincite=")
    assert "Secure" in cookie
    assert "max-age=" in client.get("/").headers["strict-transport-security"]


def test_a_session_that_was_planted_is_not_taken_over(server: Server) -> None:
    attacker = server.browser()
    attacker.get("/login")
    planted = attacker.cookies["pincite_session"]
    victim = server.browser()
    victim.cookies.set("pincite_session", planted)
    assert log_in(victim, "ann", PASSWORD).status_code == 303
    fresh = [cookie.value for cookie in victim.cookies.jar if cookie.value != planted]
    assert len(fresh) == 1
    assert attacker.get("/").status_code == 303


def test_the_session_of_before_ends_when_one_logs_in_again(server: Server) -> None:
    person = server.as_person("ann")
    assert person.get("/login").status_code == 303
    before = person.session
    changed = server.desk.sessions.begin(
        server.desk.directory.named("ann"), now=server.clock(), old=before
    )
    assert changed != before
    assert person.get("/").status_code == 303


def test_a_wrong_name_and_a_wrong_password_look_the_same(server: Server) -> None:
    said = []
    for name in ("ann", "nobody"):
        found = log_in(server.browser(), name, "not the password of anybody")
        token = token_in(found.text)
        said.append((found.status_code, found.text.replace(token, "")))
    assert said[0] == said[1]
    assert said[0][0] == 401


def test_too_many_attempts_look_the_same_for_every_name(server: Server) -> None:
    said = []
    for name in ("ann", "nobody"):
        client = server.browser()
        for _ in range(6):
            found = log_in(client, name, "not the password of anybody")
        assert found.status_code == 429
        said.append((found.headers["retry-after"], found.text.replace(token_in(found.text), "")))
        # Also with the right password, until the time is over.
        assert log_in(client, name, PASSWORD).status_code == 429
        server.clock.later(minutes=2)
    assert said[0] == said[1]
    server.clock.later(minutes=20)
    assert log_in(server.browser(), "ann", PASSWORD).status_code == 303


def test_the_login_form_of_another_page_is_refused(server: Server) -> None:
    client = server.browser()
    for token in ("", "x"):
        bare = client.post(
            "/login", data={"name": "ann", "password": PASSWORD, "form_token": token}
        )
        assert bare.status_code == 403
    other = token_in(server.browser().get("/login").text)
    client.get("/login")
    stolen = client.post("/login", data={"name": "ann", "password": PASSWORD, "form_token": other})
    assert stolen.status_code == 403


@pytest.mark.parametrize(
    "following",
    [
        "https://evil.example/",
        "//evil.example/",
        "/\\evil.example",
        "\\\\evil.example",
        "/\t/evil.example",
        "/\n/evil.example",
        "javascript:alert(1)",
        "http:evil.example",
        "///evil.example",
        "evil.example",
        "/login?next=//evil.example",
        "",
        "//[",
    ],
)
def test_logging_in_leads_nowhere_else(server: Server, following: str) -> None:
    assert after(following) == "/"
    page = server.browser().get("/login", params={"next": following})
    assert page.status_code == 200
    assert '<input type="hidden" name="next" value="/">' in page.text


def test_logging_in_leads_back_to_where_one_was() -> None:
    for path in ("/", "/search?q=a%20b", "/us-fr/fs/s12-3-402", "/compare?q=x&in=CA"):
        assert after(path) == path


def test_a_session_left_alone_ends(server: Server) -> None:
    person = server.as_person("ann")
    assert person.get("/").status_code == 200
    server.clock.later(hours=13)
    assert person.get("/").status_code == 303


def test_a_password_is_changed_by_who_knows_the_old_one(server: Server) -> None:
    person, elsewhere = server.as_person("ann"), server.as_person("ann")
    wrong = person.post("/account/password", {"old": "x", "new": "the ferry leaves at ten"})
    assert wrong.status_code == 422
    assert "old password is wrong" in wrong.text
    short = person.post("/account/password", {"old": PASSWORD, "new": "ferry"})
    assert "at least 15" in short.text
    done = person.post("/account/password", {"old": PASSWORD, "new": "the ferry leaves at ten"})
    assert done.status_code == 303
    assert elsewhere.get("/").status_code == 303
    assert log_in(server.browser(), "ann", "the ferry leaves at ten").status_code == 303
    assert log_in(server.browser(), "ann", PASSWORD).status_code == 401


def test_a_key_is_made_shown_once_and_revoked(server: Server) -> None:
    person = server.as_person("ann")
    made = person.post("/account/keys", {"label": "nightly", "scope": ["read"], "days": "30"})
    key = made.text.partition("<code>")[2].partition("</code>")[0]
    assert made.headers["cache-control"] == "no-store"
    assert key.startswith("pincite_")
    assert key not in person.get("/account").text
    header = {"Authorization": f"Bearer {key}"}
    program = server.browser(**header)
    assert program.get("/library").status_code == 200
    assert program.post("/ask", data={"question": QUESTION}).status_code == 403
    prefix = key[:16]
    assert server.as_person("bob").post(f"/account/keys/{prefix}/revoke").status_code == 404
    assert person.post(f"/account/keys/{prefix}/revoke").status_code == 303
    assert program.get("/library", headers={"Accept": "application/json"}).status_code == 401
    for wrong in (
        {"days": "0"},
        {"days": "x"},
        {"days": "99999999"},
        {"scope": ["admin"]},
        {"scope": ""},
    ):
        bad = person.post("/account/keys", {"label": "x", "scope": ["read"], "days": "", **wrong})
        assert bad.status_code == 422


def test_a_stolen_key_makes_no_other_key_and_changes_no_password(server: Server) -> None:
    program = server.program("ann")
    for path in ("/account/keys", "/account/password", "/account/workspace", "/logout",
                 "/account/sessions/end"):  # fmt: skip
        assert program.post(path, data={"label": "x", "scope": "read"}).status_code == 403
    assert program.get("/account").status_code == 403


def test_one_changes_to_a_workspace_of_ones_own_alone(server: Server) -> None:
    dora = server.as_person("dora", "north")
    changed = dora.post("/account/workspace", {"workspace": "south"})
    assert changed.status_code == 303
    assert "in south" in dora.client.get("/").text
    ann = server.as_person("ann")
    assert ann.post("/account/workspace", {"workspace": "south"}).status_code == 403
    assert "in north" in ann.get("/").text


def test_logging_out_everywhere_ends_every_session(server: Server) -> None:
    here, there = server.as_person("ann"), server.as_person("ann")
    assert here.post("/account/sessions/end").status_code == 303
    assert (here.get("/").status_code, there.get("/").status_code) == (303, 303)


def test_an_account_without_a_workspace_is_told_so(server: Server) -> None:
    server.desk.directory.leave("ann", "north")
    assert log_in(server.browser(), "ann", PASSWORD).status_code == 403
