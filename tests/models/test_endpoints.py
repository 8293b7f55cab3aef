"""An endpoint is asked as it should be, and whatever it does ends in pieces of text or a reason."""

from __future__ import annotations

import asyncio
import gzip
import os
from contextlib import aclosing
from importlib import import_module
from importlib.metadata import EntryPoint
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest
from tests.models.scripted import (
    END,
    SSE,
    Scripted,
    breaks_off,
    drops,
    event,
    fails,
    hangs,
    head,
    raw,
    says,
    scripted,
)

from pincite.errors import ModelFailed, SettingsError
from pincite.models import registry
from pincite.models.language import Allowance, Failure, Prompt
from pincite.models.registry import kinds, language_model
from pincite.models.retrying import Retrying
from pincite.verification import is_note, note

if TYPE_CHECKING:
    from tests.models.scripted import Reply

    from pincite.models.language import LanguageModel

PROMPT = Prompt(rules="Answer.", material="What does the law say?")
ALLOWANCE = Allowance(tokens=200, seconds=60.0)


@pytest.fixture(scope="module", autouse=True)
def clients() -> None:
    """Load the clients before any clock runs: it takes seconds, and some tests allow half a one."""
    for module in ("pydantic_ai.models.openai", "pydantic_ai.models.anthropic"):
        import_module(module)


async def answer(model: LanguageModel, allowance: Allowance = ALLOWANCE) -> str:
    async with aclosing(model.stream(PROMPT, allowance)) as pieces:
        return "".join([piece async for piece in pieces])


def asked(
    *replies: Reply, seconds: float = 5.0, key: str | None = None
) -> tuple[str | ModelFailed, Scripted]:
    """The answer of an endpoint with this script, or how it failed."""

    async def run() -> tuple[str | ModelFailed, Scripted]:
        async with scripted(*replies) as endpoint:
            model = language_model("openai:small", url=endpoint.url, key=key, retrying=False)
            try:
                found = await answer(model, Allowance(tokens=200, seconds=seconds))
            except ModelFailed as failed:
                return failed, endpoint
            return found, endpoint

    return asyncio.run(run())


def test_the_pieces_of_an_answer_come_in_order() -> None:
    told, endpoint = asked(says("No person may sell it."), key="secret")
    assert told == "No person may sell it."
    sent = endpoint.requests[0]
    assert sent["model"] == "small"
    assert sent["max_tokens"] == 200
    assert [message["role"] for message in sent["messages"]] == ["system", "user"]
    assert "tools" not in sent
    assert "authorization: bearer secret" in endpoint.headers[0].lower()


@pytest.mark.parametrize(
    ("reply", "reason"),
    [
        (fails("500 Internal Server Error"), Failure.SERVER),
        (fails("503 Service Unavailable"), Failure.SERVER),
        (fails("429 Too Many Requests"), Failure.BUSY),
        (fails("401 Unauthorized"), Failure.REFUSED),
        (fails("404 Not Found"), Failure.REFUSED),
        (fails("400 Bad Request", body=b"\xff\xfe not json"), Failure.REFUSED),
        (drops("half"), Failure.BROKE_OFF),
        (breaks_off("half"), Failure.BROKE_OFF),
        (raw(head("200 OK", "text/html") + b"<html>Please log in</html>"), Failure.GARBLED),
        (raw(head() + b'data: {"choices": \xff\xfe\n\n' + END), None),
        (raw(head() + b"data: {not json}\n\n" + END), None),
        (raw(head() + b'data: {"choices": 7}\n\n' + END), None),
        (raw(head() + b"data: [1, 2]\n\n" + END), None),
        (raw(b"\x00\x01\x02 no http at all"), None),
        (raw(b""), None),
        (
            raw(head("200 OK", SSE, "Content-Encoding: gzip") + gzip.compress(b"a" * 9)),
            Failure.GARBLED,
        ),
        (raw(head() + b"data: " + b"x" * 10_000_000), Failure.GARBLED),
    ],
)
def test_what_goes_wrong_has_a_reason(reply: Reply, reason: Failure | None) -> None:
    told, _ = asked(reply)
    assert isinstance(told, ModelFailed)
    assert told.reason in set(Failure)
    assert reason is None or told.reason == reason


def test_a_server_that_says_nothing_is_not_waited_for() -> None:
    for reply in (hangs(), hangs("half")):
        told, _ = asked(reply, seconds=0.3)
        assert isinstance(told, ModelFailed)
        assert told.reason == Failure.SLOW


def test_a_dead_endpoint_is_told_apart() -> None:
    model = language_model("openai:small", url="http://127.0.0.1:9/v1", retrying=False)
    with pytest.raises(ModelFailed) as failed:
        asyncio.run(answer(model))
    assert failed.value.reason == Failure.UNREACHABLE
    assert failed.value.again


def test_a_redirect_is_not_followed() -> None:
    async def run() -> int:
        async with scripted(says("stolen")) as other:
            away = fails("307 Temporary Redirect", f"Location: {other.url}/chat/completions")
            async with scripted(away) as endpoint:
                model = language_model("openai:small", url=endpoint.url, key="k", retrying=False)
                with pytest.raises(ModelFailed):
                    await answer(model)
            return len(other.requests)

    assert asyncio.run(run()) == 0


def test_a_proxy_of_the_environment_is_not_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    told, _ = asked(says("direct"))
    assert told == "direct"


def test_the_key_of_the_environment_is_not_sent(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "of-another-service")
    _, endpoint = asked(says("hello"))
    assert "of-another-service" not in endpoint.headers[0]


def test_neither_the_key_nor_the_body_of_an_error_is_told() -> None:
    body = b'{"error": {"message": "the key sk-12345 is wrong"}}'
    told, _ = asked(fails("401 Unauthorized", body=body), key="sk-12345")
    assert "sk-12345" not in str(told)


def test_an_endless_stream_is_left_in_the_middle() -> None:
    async def floods(writer: asyncio.StreamWriter) -> None:
        writer.write(head())
        while True:
            writer.write(event("more " * 200))
            await writer.drain()

    told, _ = asked(floods)
    assert isinstance(told, ModelFailed)
    assert told.reason == Failure.GARBLED


def retried(*replies: Reply, pauses: tuple[float, ...] = (0.5, 2.0)) -> tuple[object, list[float]]:
    waits: list[float] = []

    async def sleep(seconds: float) -> None:
        waits.append(seconds)

    async def run() -> object:
        async with scripted(*replies) as endpoint:
            model = language_model("openai:small", url=endpoint.url, retrying=False)
            try:
                return await answer(Retrying(model=model, pauses=pauses, sleep=sleep))
            except ModelFailed as failed:
                return failed.reason

    return asyncio.run(run()), waits


def test_a_busy_endpoint_is_asked_again_when_it_says() -> None:
    busy = fails("429 Too Many Requests", "Retry-After: 7")
    assert retried(busy, says("at last")) == ("at last", [7.0])
    assert retried(busy, busy, busy) == (Failure.BUSY, [7.0, 7.0])


def test_an_endpoint_that_asks_for_an_hour_is_not_waited_for() -> None:
    assert retried(fails("429 Too Many Requests", "Retry-After: 3600")) == (Failure.BUSY, [])


def test_a_server_error_is_tried_again_with_longer_pauses() -> None:
    found, waits = retried(fails("500 Oops"), fails("502 Oops"), says("well"))
    assert found == "well"
    assert all(later > sooner for sooner, later in pairwise(waits))


def test_what_will_not_help_is_not_tried_again() -> None:
    assert retried(fails("401 Unauthorized"), says("never")) == (Failure.REFUSED, [])
    assert retried(drops("it has begun"), says("never")) == (Failure.BROKE_OFF, [])


def test_anthropic_is_asked_in_its_own_form() -> None:
    events = (
        (
            '{"type":"message_start","message":{"id":"m","type":"message","role":"assistant",'
            '"model":"m","content":[],"stop_reason":null,"stop_sequence":null,'
            '"usage":{"input_tokens":1,"output_tokens":1}}}'
        ),
        '{"type":"content_block_start","index":0,"content_block":{"type":"text","text":""}}',
        '{"type":"content_block_delta","index":0,"delta":{"type":"text_delta","text":"Hello"}}',
        '{"type":"content_block_stop","index":0}',
        (
            '{"type":"message_delta","delta":{"stop_reason":"end_turn","stop_sequence":null},'
            '"usage":{"output_tokens":2}}'
        ),
        '{"type":"message_stop"}',
    )
    kinds_of = [one.split('"')[3] for one in events]
    body = "".join(f"event: {k}\ndata: {e}\n\n" for k, e in zip(kinds_of, events, strict=True))

    async def run() -> tuple[str, Scripted]:
        async with scripted(raw(head() + body.encode())) as endpoint:
            url = endpoint.url.removesuffix("/v1")
            model = language_model("anthropic:claude-x", url=url, key="k", retrying=False)
            return await answer(model), endpoint

    told, endpoint = asyncio.run(run())
    assert told == "Hello"
    assert endpoint.headers[0].startswith("POST /v1/messages ")
    assert "tools" not in endpoint.requests[0]


def test_a_setting_names_a_model_and_contacts_nobody() -> None:
    assert language_model("openai:llama-3", url="http://127.0.0.1:1/v1").name == "openai:llama-3"
    assert language_model("anthropic:claude-x").name == "anthropic:claude-x"
    assert {"openai", "anthropic"} <= set(kinds())


@pytest.mark.parametrize(
    ("setting", "url", "said"),
    [
        ("gpt", None, "KIND:NAME"),
        ("openai:", None, "KIND:NAME"),
        ("oracle:x", None, "there are anthropic"),
        ("openai:x", "ftp://example.com", "no http"),
        ("openai:x", "http://[", "no http"),
        ("openai:x", "localhost:8080", "no http"),
        ("openai:x", "http://me:pw@localhost/v1", "PINCITE_MODEL_KEY"),
    ],
)
def test_a_setting_that_names_no_model_is_refused(setting: str, url: str | None, said: str) -> None:
    with pytest.raises(SettingsError, match=said):
        language_model(setting, url=url)


def test_every_failure_can_be_told_in_a_note() -> None:
    for failure in Failure:
        assert is_note(note("model_failed", reason=failure).text)
    assert not is_note(note("model_failed", reason="the law forbids it").text)


def test_the_registry_costs_no_import_of_a_client() -> None:
    import subprocess
    import sys

    code = (
        "import sys; import pincite.models.registry, pincite.answering.model_writer;"
        "print(sorted({'openai', 'anthropic', 'pydantic_ai'} & set(sys.modules)))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        check=True,
        env=dict(os.environ),
    )
    assert done.stdout.strip() == "[]"


def test_a_kind_that_another_package_brings_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    point = EntryPoint(name="mine", value="tests.models.scripted_kind:Mine", group=registry.GROUP)

    def points(*, group: str, name: str = "mine") -> tuple[EntryPoint, ...]:
        return (point,) if (group, name) == (registry.GROUP, "mine") else ()

    monkeypatch.setattr(registry, "entry_points", points)
    assert "mine" in kinds()
    model = language_model("mine:own", url="http://127.0.0.1:1", retrying=False)
    assert asyncio.run(answer(model)) == "own at http://127.0.0.1:1"
