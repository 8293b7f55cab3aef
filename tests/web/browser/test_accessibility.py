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


@pytest.mark.parametrize("viewport", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_no_page_breaks_a_rule(opened: Opened, viewport: dict[str, int]) -> None:
    # axe is put in by the browser's debugger: the page's own policy stays as it is.
    page = opened("/", color_scheme="light", viewport=viewport)
    axe = (files("axe_core_python") / "axe.min.js").read_text()
    found: dict[str, list[str]] = {}

    def look(where: str) -> None:
        page.evaluate(axe)
        faults = page.evaluate(RUN, None)
        page.emulate_media(color_scheme="dark")
        # Between light and dark colours alone differ.
        faults += page.evaluate(RUN, ["color-contrast"])
        page.emulate_media(color_scheme="light")
        if faults:
            found[where] = faults

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
    for path in PAGES:
        page.goto(path)
        look(path)
    assert found == {}
