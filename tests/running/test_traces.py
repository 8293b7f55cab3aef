"""Spans of an answer, where an SDK of OpenTelemetry listens."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import TYPE_CHECKING

from tests.running.conftest import QUESTION, environment

if TYPE_CHECKING:
    from pathlib import Path

# A process of its own: the provider is the process's, for good.
PROGRAM = """
import json, sys
from pathlib import Path
from opentelemetry import trace
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter

kept = InMemorySpanExporter()
provider = TracerProvider()
provider.add_span_processor(SimpleSpanProcessor(kept))
trace.set_tracer_provider(provider)

from starlette.testclient import TestClient
from pincite.settings import Settings
from pincite.web.app import create_app

app = create_app(Settings(home=Path(sys.argv[1]), offline=True))
with TestClient(app, base_url="http://localhost") as client:
    kept.clear()
    header = {"traceparent": "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"}
    found = client.post("/api/v1/ask", json={"question": sys.argv[2]}, headers=header)
    assert found.status_code == 200, found.text
print(json.dumps([
    {"name": one.name, "trace": f"{one.context.trace_id:032x}", "all": one.to_json(),
     "id": one.context.span_id, "parent": one.parent and one.parent.span_id}
    for one in kept.get_finished_spans()
]))
"""


def test_the_stages_of_an_answer_are_spans_below_the_request(home: Path) -> None:
    question = f"{QUESTION} We are zanzibarian."
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM, str(home), question],
        capture_output=True,
        text=True,
        env=environment(home),
        check=True,
    )
    spans = json.loads(done.stdout.splitlines()[-1])
    mine = [one for one in spans if one["trace"] == "0af7651916cd43dd8448eb211c80319c"]
    names = {one["name"] for one in mine}
    assert names == {
        "POST /api/v1/ask",
        "pincite.ask",
        "pincite.understand",
        "pincite.retrieve",
        "pincite.read",
        "pincite.write",
        "pincite.verify",
    }
    ids = {one["name"]: one["id"] for one in mine}
    parents = {one["name"]: one["parent"] for one in mine}
    assert parents["pincite.ask"] == ids["POST /api/v1/ask"]
    assert {parents[name] for name in names if name not in {"POST /api/v1/ask", "pincite.ask"}} == {
        ids["pincite.ask"]
    }
    assert "zanzibarian" not in done.stdout


def test_a_command_that_nobody_traces_does_not_load_opentelemetry() -> None:
    program = "import sys, pincite.answering.ask; print('opentelemetry' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, check=True)
    assert done.stdout.strip() == b"False"
