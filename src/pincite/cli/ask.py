"""`pincite ask`: a question in plain English, an answer with its law."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Optional

import typer

from pincite.cli.answers import emit_answer
from pincite.cli.choices import (
    AsOfOption,
    FiledFormatOption,
    InOption,
    OutOption,
    filed_format_of,
)
from pincite.cli.cover import tell_covering
from pincite.cli.frame import ABSTAINED, DONE, clock, framed, tell
from pincite.cli.output import check_writable, write_whole
from pincite.cli.start import assistant
from pincite.errors import LibraryError, SourceError, UsageError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pincite import Answer, Assistant, Trace

FRANKLIN = "us-fr"
SAMPLE_QUESTION = (
    "Can I use third-party customer service tools that collect personal information in the "
    "State of Franklin? What are the requirements?"
)
_LONGEST = 1 << 20  # bytes of a question from standard input


@framed
def ask(
    ctx: typer.Context,
    question: Annotated[
        list[str],
        typer.Argument(
            help="The question, or - to read it from standard input.", metavar="QUESTION"
        ),
    ],
    within: InOption = None,
    as_of: AsOfOption = None,
    fact: Annotated[
        Optional[list[str]],
        typer.Option(
            "--fact", metavar="TEXT", help="About who asks: 'we are an insurer'; may be repeated."
        ),
    ] = None,
    form: FiledFormatOption = None,
    out: OutOption = None,
    full: Annotated[bool, typer.Option("--full", help="Show more of what was found.")] = False,
    trace: Annotated[
        Optional[Path],
        typer.Option(metavar="FILE|-", help="What each stage saw, as JSON; - is standard error."),
    ] = None,
    words: Annotated[
        bool, typer.Option("--words", "--no-vectors", help="Search by words alone.")
    ] = False,
    faulty: Annotated[
        bool,
        typer.Option("--with-faulty-rows", help="Answer also from rows that the linter faults."),
    ] = False,
    sample_if_offline: Annotated[
        bool,
        typer.Option(
            "--sample-if-offline",
            help="With neither packs nor network, ask the invented State of Franklin instead.",
        ),
    ] = False,
) -> int:
    """Answer a question from the law, every statement pinned, quoted and checked.

    Law that the question needs is installed first. Exit codes: 0 answered, 3 no answer.
    """
    import asyncio

    from pincite import Trace

    text = _text(question)
    chosen = filed_format_of(form, out)
    check_writable(out)
    trace_file = None if trace is None or str(trace) == "-" else trace
    check_writable(trace_file)
    kept = Trace(kept=trace is not None)
    day = as_of or clock().date()
    more = ({"vectors": False} if words else {}) | ({"faulty_rows": True} if faulty else {})
    with assistant(ctx, **more) as helper:
        held = helper.cover_question(text, as_of=day, jurisdictions=within or ())
        if held is not None:
            return tell_covering(held, chosen, out)

        def answered(asked: str, places: Sequence[str], facts: Sequence[str]) -> Answer:
            return asyncio.run(
                helper.ask(
                    asked, as_of=day, jurisdictions=places, facts=facts, full=full, trace=kept
                )
            )

        preface = ""
        try:
            answer = answered(text, within or (), fact or ())
        except SourceError as error:
            if not sample_if_offline:
                raise
            preface = _instead(error)
            answer = answered(SAMPLE_QUESTION, (FRANKLIN,), ())
        emit_answer(answer, chosen, out, warning=preface)
        if trace is not None:
            _show_trace(kept, trace_file)
        _save(helper, answer)
    return ABSTAINED if answer.abstained else DONE


def _text(words: list[str]) -> str:
    if words != ["-"]:
        return " ".join(words)
    data = sys.stdin.buffer.read(_LONGEST + 1)
    if len(data) > _LONGEST:
        raise UsageError("the question on standard input is longer than a megabyte")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise UsageError(
            f"the question on standard input is no text in UTF-8 (byte {error.start})"
        ) from error


def _instead(error: SourceError) -> str:
    return (
        f"Neither packs nor a network are to be had: {error}. The question was not answered. "
        "This is what an answer looks like, from the law of the invented State of Franklin:"
    )


def _show_trace(trace: Trace, file: Path | None) -> None:
    text = json.dumps({"stages": trace.stages}, ensure_ascii=False, indent=2) + "\n"
    if file is None:
        sys.stderr.write(text)
    else:
        write_whole(file, text)


def _save(helper: Assistant, answer: Answer) -> None:
    """The answer is shown already: that it could not be kept is told and is no failure."""
    try:
        helper.save(answer)
    except LibraryError as error:
        tell(f"the answer was not saved: {error}")
