"""The pages in a real Chromium, over the law of Franklin, from a server on loopback."""

from __future__ import annotations

import inspect
import shutil
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

import pytest
from tests.web.pages.conftest import Clock, installed_at

from pincite.web.app import create_app

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from playwright.sync_api import Browser, BrowserContext, Page

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or ""
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]
DESKTOP = {"width": 1280, "height": 860}
PHONE = {"width": 390, "height": 844}


@pytest.fixture(scope="session")
def apart() -> Iterator[ThreadPoolExecutor]:
    """The thread in which Playwright runs, and with it every test that has a browser.

    Its event loop counts as running for as long as the browser is open, so that in the thread of
    the other tests `asyncio.run` would fail.
    """
    with ThreadPoolExecutor(max_workers=1, thread_name_prefix="browser") as thread:
        yield thread


@pytest.hookimpl(tryfirst=True)
def pytest_pyfunc_call(pyfuncitem: pytest.Function) -> bool | None:
    thread = pyfuncitem.funcargs.get("apart")
    if not isinstance(thread, ThreadPoolExecutor):
        return None
    asked = inspect.signature(pyfuncitem.obj).parameters
    given = {name: pyfuncitem.funcargs[name] for name in asked}
    thread.submit(pyfuncitem.obj, **given).result()
    return True


@pytest.fixture(scope="session")
def browser(apart: ThreadPoolExecutor) -> Iterator[Browser]:
    if not CHROMIUM:
        pytest.skip("there is no Chromium on this machine")
    from playwright.sync_api import sync_playwright

    manager = sync_playwright()
    play = apart.submit(manager.start).result()
    start = apart.submit(play.chromium.launch, executable_path=CHROMIUM, args=ARGUMENTS)
    browser = start.result()
    yield browser
    apart.submit(browser.close).result()
    apart.submit(play.stop).result()


@pytest.fixture(scope="session")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Where the server is, on a port that was free."""
    import uvicorn

    app = create_app(installed_at(tmp_path_factory.mktemp("browser")), clock=Clock())
    server = uvicorn.Server(uvicorn.Config(app, port=0, log_level="error", ws="none"))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    until = time.monotonic() + 30
    while not server.started and time.monotonic() < until:
        time.sleep(0.02)
    port = server.servers[0].sockets[0].getsockname()[1]
    yield f"http://127.0.0.1:{port}"
    server.should_exit = True
    thread.join(10)


@pytest.fixture
def opened(
    apart: ThreadPoolExecutor, browser: Browser, served: str
) -> Iterator[Callable[..., Page]]:
    """Open a page in a window of its own; a fault that the page itself tells of fails the test."""
    contexts: list[BrowserContext] = []
    faults: list[str] = []

    def open_page(path: str = "/", **options: object) -> Page:
        values: dict[str, object] = {"viewport": DESKTOP, "base_url": served, **options}
        context = browser.new_context(**values)  # pyrefly: ignore[bad-argument-type]
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(15_000)
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.on(
            "console",
            lambda said: faults.append(said.text) if said.type == "error" else None,
        )
        page.goto(path)
        return page

    yield open_page
    for context in contexts:
        apart.submit(context.close).result()
    # A page that is not there is told to the console too.
    assert [one for one in faults if "status of 404" not in one and "422" not in one] == []
