"""What goes wrong over HTTP is told in words for who reads there: no command, no variable."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest
from tests.web.pages.conftest import NOW
from tests.web.pages.taken_apart import parsed

from pincite import Assistant
from pincite.errors import PinciteError

if TYPE_CHECKING:
    from pathlib import Path

    from starlette.testclient import TestClient

    from pincite.settings import Settings

API = "/api/v1"
CONSOLE = re.compile(r"`pincite|\bpincite \w+ --|(?<![\w-])--\w|PINCITE_|pip install")
ASKED: tuple[tuple[str, str, dict[str, Any] | None], ...] = (
    ("GET", f"{API}/read?cite=nothing+of+the+kind", None),
    ("GET", f"{API}/read?cite=12-4-103", None),
    ("GET", f"{API}/read?cite=RSMo+407.1500", None),
    ("GET", f"{API}/read?cite=FS+99-9-999", None),
    ("GET", f"{API}/sections/us-mo/rsmo/s407.1500", None),
    ("GET", f"{API}/sections/internal/handbook/s1", None),
    ("GET", f"{API}/search?q=notice&in=us-zz", None),
    ("POST", f"{API}/ask", {"question": "What must I do?", "jurisdictions": ["internal"]}),
    ("POST", f"{API}/ask", {"question": "What must I do in Missouri?"}),
    ("POST", f"{API}/compare", {"question": "x", "jurisdictions": ["us-fr"]}),
    ("POST", f"{API}/compare", {"question": "x", "jurisdictions": ["us-fr", "us-mo"]}),
    ("POST", f"{API}/cover", {"law": "Frank. Stat. § 12-4-103"}),
    ("POST", f"{API}/documents", {"name": "a.md", "content": "eA==", "kind": "regulations"}),
    ("POST", f"{API}/watches/run", {"ids": ["00"]}),
    ("GET", "/us-mo/rsmo/s407.1500", None),
    ("GET", "/us-fr/fs/s99-9-999", None),
    ("GET", "/internal/handbook/s1", None),
    ("GET", "/cover", None),
    ("GET", "/", None),
)


@pytest.mark.parametrize(("method", "path", "body"), ASKED)
def test_no_advice_names_a_command(
    client: TestClient, method: str, path: str, body: dict[str, Any] | None
) -> None:
    found = client.request(method, path, json=body)
    text = found.text if "json" in found.headers["content-type"] else _main(found.text)
    assert CONSOLE.search(text) is None, text


@pytest.mark.parametrize("path", ["/search?q=notice", f"{API}/search?q=notice"])
def test_what_only_the_servers_keeper_can_mend_says_so(
    own: tuple[TestClient, Settings], path: str
) -> None:
    client, settings = own
    for one in (settings.home / "index").glob("*/meta.json"):
        one.write_text("{", "utf-8")
    found = client.get(path)
    assert found.status_code == 500
    assert "Whoever runs this server can mend it" in found.text
    assert CONSOLE.search(_main(found.text) if path == "/search?q=notice" else found.text) is None


def test_a_number_alone_leads_to_citations_that_open(client: TestClient) -> None:
    told = client.get(f"{API}/read?cite=12-4-103").json()
    assert told["reason"] == "ambiguous"
    for choice in told["choices"]:
        assert client.get(f"{API}/read", params={"cite": choice}).json()["found"] is True
    assert told["choices"]


def test_at_the_console_the_command_is_told(settings: Settings, tmp_path: Path) -> None:
    missing = Assistant(settings.model_copy(update={"home": tmp_path}), now=NOW)
    with pytest.raises(PinciteError) as told:
        missing.cover("FS 12-4-103", as_of=NOW.date())
    assert CONSOLE.search(str(told.value)) is None
    assert CONSOLE.search(told.value.at_console)


def _main(html: str) -> str:
    (main,) = parsed(html).xpath("//main")
    return str(main.text_content())
