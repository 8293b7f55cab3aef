"""No page breaks a rule that axe knows: light and dark, desktop and phone."""

from __future__ import annotations

from importlib.resources import files
from typing import TYPE_CHECKING

import pytest
from tests.web.browser.conftest import DESKTOP, PHONE
from tests.web.browser.test_journeys import ask

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Page

    Opened = Callable[..., Page]

HANDBOOK = b"# Notice\n\n## 1.1 Breaches\n\nWe tell residents of a breach in ninety days.\n"
PAGES = (
    "/",
    "/search?q=security+breach",
    "/search?q=zyzzyva",
    "/library",
    "/compare",
    "/watches",
    "/about",
    "/us-fr/fs/s12-3-103",
    "/us-fr/fs/s12-6-040",
    "/us-fr/fs/ch12-3",
    "/us-fr/fs/s99-9-999",
    "/nowhere",
)
RUN = """async only => (await axe.run(document, {
    resultTypes: ['violations'],
    ...(only ? { runOnly: only } : {}),
  })).violations
  .map(v => v.id + ': ' + v.nodes.map(n => n.html + ' ' + n.failureSummary).join(' | '))"""


def looking(page: Page, found: dict[str, list[str]]) -> Callable[[str], None]:
    """What looks at the page as it is now, and notes the rules that it breaks."""
    axe = (files("axe_core_python") / "axe.min.js").read_text()

    def look(where: str) -> None:
        page.evaluate(axe)
        faults = page.evaluate(RUN, None)
        page.emulate_media(color_scheme="dark")
        # Between light and dark colours alone differ.
        faults += page.evaluate(RUN, ["color-contrast"])
        page.emulate_media(color_scheme="light")
        if faults:
            found[where] = faults

    return look


@pytest.mark.parametrize("viewport", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_no_page_of_a_document_breaks_a_rule(opened: Opened, viewport: dict[str, int]) -> None:
    page = opened("/", color_scheme="light", viewport=viewport)
    found: dict[str, list[str]] = {}
    look = looking(page, found)
    page.goto("/library")
    page.get_by_label("File").set_input_files(
        {"name": "h.md", "mimeType": "text/markdown", "buffer": HANDBOOK}
    )
    page.get_by_label("What it is cited as").fill("Employee handbook")
    page.get_by_role("button", name="Add the document").click()
    page.wait_for_url("**/library?added=*")
    page.locator(".add summary").click()
    look("the library with a document")
    page.get_by_role("link", name="Hold against law").click()
    page.get_by_label("The law: a section, chapter or range").fill("Frank. Stat. § 12-4-103")
    page.get_by_role("button", name="Compare").click()
    page.wait_for_selector(".covered")
    look("a policy against law")
    page.locator(".covered a.cite").first.click()
    page.wait_for_selector("#panel mark")
    look("a policy against law with a panel")
    page.goto("/library")
    page.get_by_role("button", name="Remove Employee handbook").click()
    page.wait_for_url("**/library?removed=*")
    look("the library without it")
    assert found == {}


@pytest.mark.parametrize("viewport", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_no_page_breaks_a_rule(opened: Opened, viewport: dict[str, int]) -> None:
    # axe is put in by the browser's debugger: the page's own policy stays as it is.
    page = opened("/", color_scheme="light", viewport=viewport)
    found: dict[str, list[str]] = {}

    look = looking(page, found)
    page.locator("summary").first.click()
    look("the chooser")
    ask(page)
    look("a streamed answer")
    page.reload()
    look("an answer")
    page.locator("ul.statements a.cite").first.click()
    page.wait_for_selector("#panel mark")
    look("a panel")
    page.goto(f"{page.url.partition('?')[0]}/check")
    look("a check")
    page.goto("/")
    ask(page, "How strict is Washington on breaches?")
    look("no answer")
    page.goto("/compare")
    page.get_by_label("Your question").fill("How soon must notice of a breach be given?")
    page.get_by_label("State of Franklin").check()
    # Law of one jurisdiction alone is installed here; the other is compared as not installed.
    page.evaluate(
        """() => {
          const other = document.querySelector("input[name=in]").closest("label").cloneNode(true);
          Object.assign(other.querySelector("input"), { value: "us-mo", checked: true });
          other.querySelector("span").textContent = "Missouri";
          document.querySelector(".chips").append(other);
        }"""
    )
    page.get_by_role("button", name="Compare").click()
    page.wait_for_selector(".matrix")
    look("a comparison")
    page.wait_for_url("**/c/*")
    page.reload()
    look("a comparison at its address")
    for path in PAGES:
        page.goto(path)
        look(path)
    assert found == {}
