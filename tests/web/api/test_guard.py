"""What holds for every request and every response, whoever answers."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

import pytest
from starlette.testclient import TestClient
from tests.web.api.conftest import NOW

from pincite.errors import LibraryError
from pincite.web.app import create_app
from pincite.web.guard import SECURITY_HEADERS

if TYPE_CHECKING:
    from fastapi import FastAPI

    from pincite import Settings

PATHS = ("/", "/health", "/ready", "/openapi.json", "/api/v1/library", "/nowhere", "/api/v1/nix")


@pytest.mark.parametrize("path", PATHS)
def test_every_response_has_the_headers_of_safety(client: TestClient, path: str) -> None:
    headers = client.get(path).headers
    assert {name for name in SECURITY_HEADERS if name not in headers} == set()
    assert "unsafe" not in headers["Content-Security-Policy"]
    assert "server" not in headers


@pytest.mark.parametrize(
    "host",
    [
        "evil.example",
        "localhost.evil.example",
        "127.0.0.1.nip.io",
        "",
        "localhost/@x",
        "[::2]",
        "a b",
    ],
)
def test_a_host_that_is_not_ours_is_refused(client: TestClient, host: str) -> None:
    response = client.get("/health", headers={"Host": host})
    assert response.status_code == 400
    assert host == "" or host not in response.text


@pytest.mark.parametrize("host", ["localhost", "LOCALHOST:8000", "127.0.0.1:9", "[::1]:8000"])
def test_the_loopback_names_are_ours(client: TestClient, host: str) -> None:
    assert client.get("/health", headers={"Host": host}).status_code == 200


def test_a_name_that_was_given_is_ours(settings: Settings) -> None:
    app = create_app(settings, hosts=("law.example",), clock=lambda: NOW)
    with TestClient(app, base_url="http://law.example") as client:
        assert client.get("/health").status_code == 200
        assert client.get("/health", headers={"Host": "localhost"}).status_code == 400


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Sec-Fetch-Site": "cross-site"}, 403),
        ({"Sec-Fetch-Site": "same-site"}, 403),
        ({"Origin": "https://evil.example"}, 403),
        ({"Origin": "null"}, 403),
        ({"Origin": "http://localhost"}, 404),
        ({"Sec-Fetch-Site": "same-origin"}, 404),
        ({"Sec-Fetch-Site": "none"}, 404),
        ({}, 404),
    ],
)
def test_a_page_of_another_site_may_not_write(
    client: TestClient, headers: dict[str, str], status: int
) -> None:
    response = client.delete("/api/v1/answers/0123456789abcdef", headers=headers)
    assert response.status_code == status


def test_a_request_id_is_kept_or_made(client: TestClient) -> None:
    mine = client.get("/health", headers={"X-Request-ID": "trace-1.a_b"})
    assert mine.headers["X-Request-ID"] == "trace-1.a_b"
    assert (
        client.get("/health").headers["X-Request-ID"]
        != client.get("/health").headers["X-Request-ID"]
    )


def test_a_fault_of_the_program_tells_nothing_of_its_inside(
    app: FastAPI, caplog: pytest.LogCaptureFixture
) -> None:
    async def broken(_: object) -> object:
        raise RuntimeError("secret words of the inside")

    app.state.law.read = broken
    with (
        caplog.at_level(logging.ERROR, "pincite.web"),
        TestClient(app, base_url="http://localhost", raise_server_exceptions=False) as client,
    ):
        response = client.get("/api/v1/library")
    assert response.status_code == 500
    assert "secret" not in response.text
    assert response.headers["Content-Type"] == "application/problem+json"
    assert {name for name in SECURITY_HEADERS if name not in response.headers} == set()
    request_id = response.json()["request_id"]
    assert any(request_id in record.getMessage() for record in caplog.records)


@pytest.mark.parametrize("auth", [False, True])
def test_what_is_wrong_with_the_library_is_for_whoever_runs_it(
    app: FastAPI, caplog: pytest.LogCaptureFixture, *, auth: bool
) -> None:
    async def broken(_: object) -> object:
        raise LibraryError("/srv/law/library.db cannot be used (disk I/O error)")

    app.state.auth = auth
    app.state.law.read = broken
    with TestClient(app, base_url="http://localhost") as client:
        response = client.get("/api/v1/library")
        app.state.law.trouble = "/srv/law/library.db cannot be used"
        ready = client.get("/ready")
    assert (response.status_code, ready.status_code) == (500, 503)
    assert ("/srv/law" in response.text) is not auth
    assert ("/srv/law" in ready.text) is not auth
    assert ("/srv/law" in caplog.text) is auth


def test_a_person_gets_a_page_and_a_program_a_problem(client: TestClient) -> None:
    page = client.get("/nowhere", headers={"Accept": "text/html"})
    assert page.status_code == 404
    assert page.headers["Content-Type"].startswith("text/html")
    told = client.get("/nowhere", headers={"Accept": "application/json"})
    assert told.headers["Content-Type"] == "application/problem+json"


def test_ready_says_when_it_is_and_when_it_is_not(app: FastAPI) -> None:
    with TestClient(app, base_url="http://localhost") as client:
        for _ in range(200):
            response = client.get("/ready")
            if response.status_code == 200:
                break
        assert response.json() == {"status": "ready", "packs": 2}
        app.state.law.trouble = "the library is damaged"
        response = client.get("/ready")
        assert (response.status_code, response.json()["detail"]) == (503, "the library is damaged")
        assert client.get("/health").status_code == 200
