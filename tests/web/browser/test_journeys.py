"""What a person does, from question to proof, in a browser."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.web.browser.conftest import PHONE
from tests.web.pages.conftest import QUESTION

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Page

    Opened = Callable[..., Page]

MARKED = "[...document.querySelectorAll('#panel mark')].map(m => m.textContent).join('')"
# The offsets of answers count code points, those of scripts count UTF-16 units.
STORED = """async () => {
  const id = location.pathname;
  const saved = await (await fetch(id + '.json')).json();
  const said = [...saved.summary, ...saved.blocks.flatMap(b => b.statements)];
  const cites = said.flatMap(s => s.cites);
  return Object.fromEntries(cites.map(c => [`${c.start}-${c.end}`, c.quote]));
}"""


def ask(page: Page, question: str = QUESTION) -> None:
    page.get_by_label("Your question").fill(question)
    page.get_by_role("button", name="Ask", exact=True).click()
    page.wait_for_url("**/a/*")


def test_ask_watch_it_come_in_open_a_citation_read_the_very_words_and_close(
    opened: Opened,
) -> None:
    page = opened("/")
    ask(page)
    assert page.locator("h1").inner_text() == QUESTION
    assert page.get_by_role("heading", name="Sources", exact=True).is_visible()
    quotes = page.evaluate(STORED)
    cites = page.locator("ul.statements a.cite")
    assert cites.count() > 3
    for at in range(cites.count()):
        cite = cites.nth(at)
        span = (cite.get_attribute("href") or "").partition("span=")[2].partition("#")[0]
        if span not in quotes:
            continue  # two quotes in one subdivision
        cite.click()
        page.wait_for_function(f"() => {MARKED}.length > 0")
        page.wait_for_function("q => " + MARKED + " === q", arg=quotes[span])
        assert page.locator("#panel mark").first.is_visible()
        assert "law=/us-fr/" in page.url
        page.keyboard.press("Escape")
        assert page.locator("#panel").is_hidden()
        assert cite.evaluate("one => one === document.activeElement")
    assert "law=" not in page.url


def test_the_marked_words_are_in_view_and_the_page_does_not_move(opened: Opened) -> None:
    page = opened("/")
    ask(page)
    cite = page.locator("ul.statements a.cite").last
    cite.scroll_into_view_if_needed()
    before = cite.bounding_box()
    cite.click()
    page.wait_for_selector("#panel mark")
    body, mark = page.locator("[data-panel-body]").bounding_box(), page.locator("#quote")
    place = mark.bounding_box()
    assert before
    assert body
    assert place
    assert body["y"] <= place["y"] <= body["y"] + body["height"]
    after = cite.bounding_box()
    assert after
    assert abs(after["y"] - before["y"]) < 2
    assert after["x"] + after["width"] <= body["x"]


def test_the_panel_has_an_address_that_opens_it_again_and_back_closes_it(opened: Opened) -> None:
    page = opened("/")
    ask(page)
    answer = page.url
    page.locator("ul.statements a.cite").first.click()
    page.wait_for_selector("#panel mark")
    words = page.evaluate(MARKED)
    address = page.url
    page.go_back()
    page.wait_for_url(answer)
    assert page.locator("#panel").is_hidden()
    page.go_forward()
    page.wait_for_selector("#panel mark")
    again = opened(address)
    assert again.locator("#panel").is_visible()
    assert again.evaluate(MARKED) == words
    again.keyboard.press("Escape")
    assert again.locator("#panel").is_hidden()
    assert again.locator("a.cite:focus").count() == 1


def test_a_streamed_answer_is_the_page_at_its_permanent_address(opened: Opened) -> None:
    page = opened("/")
    ask(page)
    streamed = page.locator("main").inner_text()
    page.reload()
    assert page.locator("main").inner_text() == streamed


def test_without_scripts_asking_reading_and_choosing_a_theme_work(opened: Opened) -> None:
    page = opened("/", java_script_enabled=False)
    page.get_by_label("Your question").fill(QUESTION)
    page.get_by_role("button", name="Ask", exact=True).click()
    page.wait_for_url("**/a/*")
    assert page.get_by_role("heading", name="Sources", exact=True).is_visible()
    page.locator("ul.statements a.cite").first.click()
    page.wait_for_url("**/us-fr/**")
    assert page.locator("mark").first.is_visible()
    page.get_by_role("button", name="Light or dark").click()
    assert page.locator("html").get_attribute("data-theme") == "dark"


def test_a_follow_up_keeps_the_place_and_the_facts(opened: Opened) -> None:
    page = opened("/")
    page.get_by_label("About you").fill("we are a bank")
    ask(page)
    first = page.url
    page.locator("#question-next").fill("What is the penalty for a late notice of a breach?")
    page.locator("form.compact").get_by_role("button", name="Ask", exact=True).click()
    page.wait_for_function(
        "first => location.href !== first && location.pathname.startsWith('/a/')", arg=first
    )
    assert page.locator(".fact").all_inner_texts() == ["we are a bank"]
    assert page.locator(".place").all_inner_texts() == ["State of Franklin"]
    page.go_back()
    page.wait_for_url(first)
    page.wait_for_function("q => document.querySelector('h1').textContent === q", arg=QUESTION)


def test_choosing_a_jurisdiction_by_the_keyboard_alone(opened: Opened) -> None:
    page = opened("/")
    page.locator("summary").first.focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.type("frank")
    page.keyboard.press("Enter")
    assert page.locator("[data-chosen]").first.inner_text() == "State of Franklin"
    page.keyboard.press("Escape")
    assert page.locator("[data-chooser]").first.get_attribute("open") is None
    page.get_by_label("Your question").focus()
    page.keyboard.type("How long may a landlord keep a security deposit?")
    page.keyboard.press("Enter")
    page.wait_for_url("**/a/*")
    assert page.locator(".place").all_inner_texts() == ["State of Franklin"]


def test_an_ambiguous_place_is_asked_back_and_one_click_goes_on(opened: Opened) -> None:
    page = opened("/")
    ask(page, "How strict is Washington on breaches of security?")
    page.get_by_role("button", name="District of Columbia").click()
    page.get_by_text("is not installed").first.wait_for()


def test_the_skip_link_leads_to_the_content(opened: Opened) -> None:
    page = opened("/library")
    page.keyboard.press("Tab")
    assert page.locator(".skip").evaluate("one => one === document.activeElement")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "page-main"


def test_an_anchor_in_the_reader_shows_its_subdivision(opened: Opened) -> None:
    page = opened("/us-fr/fs/s12-3-103#13-B")
    unit = page.locator("[id='13-B']")
    assert unit.inner_text().startswith("(B) biometric data")
    box = unit.bounding_box()
    assert box
    assert 0 <= box["y"] < 860
    page.get_by_role("navigation", name="Outline").get_by_text('"Third party"').click()
    assert page.url.endswith("#16")


def test_searching_leads_to_the_passage_that_was_found(opened: Opened) -> None:
    page = opened("/search")
    page.get_by_role("searchbox").fill("gift card expiration")
    page.get_by_role("button", name="Search").click()
    page.locator(".hits a").first.click()
    page.wait_for_url("**/us-fr/**")
    box = page.locator("#quote").bounding_box()
    assert box
    assert 0 <= box["y"] < 860


def test_dark_and_light_are_toggled_at_once_and_kept(opened: Opened) -> None:
    page = opened("/", color_scheme="dark")
    dark = page.evaluate("getComputedStyle(document.body).backgroundColor")
    page.get_by_role("button", name="Light or dark").click()
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") != dark
    page.goto("/library")
    assert page.locator("html").get_attribute("data-theme") == "light"


def test_on_a_phone_the_law_covers_the_page_and_nothing_is_wider_than_the_screen(
    opened: Opened,
) -> None:
    page = opened("/", viewport=PHONE)
    ask(page)
    page.locator("ul.statements a.cite").first.click()
    page.wait_for_selector("#panel mark")
    box = page.locator("#panel").bounding_box()
    assert box
    assert box["width"] == PHONE["width"]
    assert page.evaluate("document.querySelector('#panel').matches(':modal')")
    page.get_by_role("button", name="Close").click()
    answer = page.url
    for path in (answer, "/", "/library", "/search?q=breach", "/us-fr/fs/s12-3-103", "/about"):
        page.goto(path)
        assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"], path


def test_on_paper_the_answer_and_its_sources_stand_without_the_controls(opened: Opened) -> None:
    page = opened("/")
    ask(page)
    page.emulate_media(media="print")
    assert page.get_by_role("heading", name="Sources", exact=True).is_visible()
    assert page.locator(".hash").is_visible()
    for hidden in ("header.site", "form.compact", "button.copy"):
        assert page.locator(hidden).first.is_hidden(), hidden
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"


def test_hostile_law_and_a_hostile_question_run_nothing(opened: Opened) -> None:
    page = opened("/us-fr/fs/s41-6-5")
    assert "<script>alert('winner')</script>" in page.locator("[data-law]").inner_text()
    page.goto("/")
    page.on("dialog", lambda _: pytest.fail("a script of the law or the question ran"))
    ask(
        page,
        "<img src=x onerror=alert(1)><script>alert(2)</script> "
        "Which words shall not be printed on a raffle ticket in Franklin?",
    )
    assert page.locator("main img").count() == 0
    assert "<img src=x" in page.locator("h1").inner_text()
    for cite in page.locator("ul.statements a.cite").all()[:4]:
        cite.click()
        page.wait_for_selector("#panel mark")
    assert page.locator("#panel img, #panel script").count() == 0


def test_a_server_that_stops_in_the_middle_is_told(opened: Opened) -> None:
    page = opened("/")
    page.route(
        "**/ask/stream",
        lambda route: route.fulfill(status=200, body='{"kind": "status", "text": "Searching"}\n'),
    )
    page.get_by_label("Your question").fill(QUESTION)
    page.get_by_role("button", name="Ask", exact=True).click()
    assert "broke off" in page.get_by_role("alert").inner_text()


def test_nothing_moves_while_a_page_loads(opened: Opened) -> None:
    page = opened("/")
    ask(page)
    for path in ("/", page.url, "/us-fr/fs/s12-3-103", "/library"):
        page.goto(path)
        shift = page.evaluate(
            """() => new Promise(done => {
              let sum = 0;
              new PerformanceObserver(list => {
                for (const one of list.getEntries()) sum += one.value;
              }).observe({ type: 'layout-shift', buffered: true });
              setTimeout(() => done(sum), 150);
            })"""
        )
        assert shift < 0.01, path


def test_nothing_moves_while_an_answer_comes_in(opened: Opened) -> None:
    page = opened("/")
    page.evaluate(
        """() => {
          window.moved = 0;
          new PerformanceObserver(list => {
            for (const one of list.getEntries()) if (!one.hadRecentInput) window.moved += one.value;
          }).observe({ type: 'layout-shift', buffered: true });
        }"""
    )
    # What moves within half a second of a key is what the key asked for.
    page.get_by_label("Your question").fill(QUESTION)
    page.evaluate("() => setTimeout(() => document.querySelector('form.ask').requestSubmit(), 600)")
    page.wait_for_url("**/a/*")
    page.wait_for_timeout(300)
    assert page.evaluate("window.moved") < 0.01


def test_the_stream_is_announced_in_few_sentences(opened: Opened) -> None:
    page = opened("/")
    page.evaluate(
        """() => { window.said = [];
          const live = document.querySelector('body > p[role=status]');
          new MutationObserver(() => window.said.push(live.textContent))
            .observe(live, { childList: true });
        }"""
    )
    ask(page)
    page.wait_for_function(
        "() => window.said.some(one => one.startsWith('The answer is complete'))"
    )
    assert len(page.evaluate("window.said")) <= 6
    assert page.evaluate("document.activeElement.id") == "answer-title"
