"""An answer says who wrote it: a model only where what it wrote is shown."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import pytest
from tests.models.scripted import fails, scripted, statements
from tests.web.pages.conftest import NOW, QUESTION, installed_at

from pincite.assistant import Assistant
from pincite.rendering.wire import render_json

if TYPE_CHECKING:
    from tests.models.scripted import Reply

    from pincite.settings import Settings

LIE = {"text": "Nobody tells anybody.", "cites": [{"source": "S1", "anchor": "no such words"}]}


@pytest.fixture(scope="module")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    return installed_at(tmp_path_factory.mktemp("writers"))


def asked(settings: Settings, *replies: Reply) -> tuple[str, int, str]:
    """Who wrote it, how many statements were withheld, and the answer."""

    async def run() -> tuple[str, int, str]:
        async with scripted(*replies) as endpoint:
            with_model = settings.model_copy(
                update={"model": "openai:small", "model_url": endpoint.url}
            )
            answer = await Assistant(with_model, now=NOW).ask(QUESTION, as_of=NOW.date())
            return answer.provenance.writer, len(answer.withheld), render_json(answer)

    return asyncio.run(run())


def test_a_model_of_which_nothing_holds_wrote_nothing(settings: Settings) -> None:
    writer, withheld, told = asked(settings, statements(LIE))
    assert (writer, withheld) == ("extractive", 1)
    assert "did not answer" in told


def test_a_model_that_fails_wrote_nothing(settings: Settings) -> None:
    assert asked(settings, fails("404 Not Found"))[:2] == ("extractive", 0)


def test_a_model_whose_statement_holds_is_named(settings: Settings) -> None:
    cites = [{"source": "S1", "anchor": "documented in writing and kept for five years"}]
    told = {"text": "", "cites": cites, "summary": True}
    assert asked(settings, statements(told))[:2] == ("openai:small", 0)
