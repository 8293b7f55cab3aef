"""Asking watches again: what the answer says now, what it said, and which law is why."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING, Any

from pincite.assistant.webhook import send
from pincite.change import ChangeKind, SectionChange
from pincite.errors import PinciteError
from pincite.law.section import Status
from pincite.library.answers import SavedAnswers
from pincite.library.since import Cited, law_since
from pincite.library.watches import SavedWatches
from pincite.rendering.watch import run_json
from pincite.rendering.wire import render_json
from pincite.watching import (
    Became,
    Delivery,
    LawChange,
    Mark,
    Watched,
    WatchOutcome,
    WatchRun,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from datetime import date

    from pincite.assistant.compose import Assistant
    from pincite.assistant.webhook import Post
    from pincite.library.kept import SavedBody
    from pincite.library.protocol import Library
    from pincite.watching import Watch


@dataclass(frozen=True, slots=True)
class _Asked:
    """What asking a watch again gave, before it is kept. `body` is empty where it failed."""

    found: Watched
    body: str = ""
    before: SavedBody | None = None


async def run_watches(
    assistant: Assistant,
    watches: Sequence[Watch],
    post: Post,
    *,
    as_of: date,
    now: datetime,
    workspace: str,
) -> WatchRun:
    """Ask each watch again, tell the webhooks, and mark the saved answers whose law has changed.

    A watch that cannot be asked is told as failed, and the others go on. A change that a webhook
    did not take is told again next time.
    """
    asked = [await _ask(assistant, one, as_of=as_of, workspace=workspace) for one in watches]
    run = WatchRun(ran_at=now, as_of=as_of, results=tuple(one.found for one in asked))
    deliveries, untold = _tell(run, post, offline=assistant.settings.offline)
    results = tuple(
        one.found
        if one.found.watch.id in untold
        else _kept(one, assistant, now=now, workspace=workspace)
        for one in asked
    )
    marked = mark_answers(assistant.library, as_of=as_of, now=now, workspace=workspace)
    return replace(run, results=results, marked=marked, deliveries=deliveries)


def _tell(
    run: WatchRun, post: Post, *, offline: bool
) -> tuple[tuple[Delivery, ...], frozenset[str]]:
    """Send each address the changes that are meant for it; which watches were not taken."""
    wanted: dict[str, list[Watched]] = {}
    for one in run.changed:
        for url in dict.fromkeys(filter(None, (post.also, one.watch.webhook))):
            wanted.setdefault(url, []).append(one)
    deliveries: list[Delivery] = []
    untold: set[str] = set()
    for url, results in wanted.items():
        body = run_json(replace(run, results=tuple(results))).encode()
        if offline:
            done = Delivery(url=url, problem="nothing is sent: the settings say offline")
        else:
            done = send(url, body, post, at=int(run.ran_at.timestamp()))
        deliveries.append(done)
        if done.problem:
            untold.update(one.watch.id for one in results)
    return tuple(deliveries), frozenset(untold)


async def first_asked(
    assistant: Assistant, watch: Watch, *, as_of: date, now: datetime, workspace: str
) -> Watched:
    """Ask a watch for the first time. Raises what asking raises."""
    asked = await _ask(assistant, watch, as_of=as_of, workspace=workspace, strictly=True)
    return _kept(asked, assistant, now=now, workspace=workspace)


async def _ask(
    assistant: Assistant,
    watch: Watch,
    *,
    as_of: date,
    workspace: str,
    strictly: bool = False,
) -> _Asked:
    try:
        answer = await assistant.ask(
            watch.question, as_of=as_of, jurisdictions=watch.jurisdictions, facts=watch.facts
        )
    except PinciteError as error:
        if strictly:
            raise
        return _Asked(Watched(watch=watch, outcome=WatchOutcome.FAILED, problem=str(error)))
    body = render_json(answer)
    before = None
    if watch.last_answer is not None:
        with SavedAnswers(assistant.home, workspace=workspace) as answers:
            before = answers.get(watch.last_answer)
    found = _compared(watch, before, json.loads(body), assistant.library, as_of)
    return _Asked(found, body, before)


def _kept(asked: _Asked, assistant: Assistant, *, now: datetime, workspace: str) -> Watched:
    """Note that the watch was asked; an answer that says what the last one said is not kept."""
    found, before = asked.found, asked.before
    if not asked.body:
        return found
    same = found.outcome is WatchOutcome.SAME and not found.currency
    if before is None or not same:
        with SavedAnswers(assistant.home, workspace=workspace) as answers:
            kept = answers.save(question=found.watch.question, asked_at=now, body=asked.body)
    else:
        kept = before
    with SavedWatches(assistant.home, workspace=workspace) as saved:
        saved.ran(found.watch.id, at=now, answer=kept.id)
    return replace(found, answer=kept.id, before=None if before is None else before.id)


def mark_answers(
    library: Library, *, as_of: date, now: datetime, workspace: str
) -> tuple[Mark, ...]:
    """Mark every saved answer whose cited law has changed; the marks, the newest answer first."""
    marks: list[Mark] = []
    found: dict[str, list[tuple[str, Became]]] = {}
    with SavedAnswers(library.home, workspace=workspace) as answers:
        for saved in answers.all():
            changes = tuple(changes_since(json.loads(saved.body), library, as_of=as_of))
            found[saved.id] = [(change.id, change.became) for change in changes]
            if changes:
                marks.append(
                    Mark(
                        answer=saved.id,
                        question=saved.question,
                        asked_at=saved.asked_at,
                        changes=changes,
                    )
                )
    with SavedWatches(library.home, workspace=workspace) as watches:
        watches.mark(found, noted_at=now)
    return tuple(marks)


def changes_since(
    saved: Mapping[str, Any], library: Library, *, as_of: date
) -> Iterator[LawChange]:
    """What became of each section that an answer, in the wire format, cites."""
    spans: dict[str, list[tuple[int, int]]] = {}
    for statement in _statements(saved):
        for cite in statement["cites"]:
            spans.setdefault(cite["source"], []).append((cite["start"], cite["end"]))
    for source in saved["sources"]:
        cited = Cited(
            id=source["id"],
            citation=source["citation"],
            text_sha256=source["text_sha256"],
            status=Status(source["status"]),
            spans=tuple(spans.get(source["label"], ())),
        )
        change = law_since(cited, library, as_of=as_of)
        if change is not None:
            yield change


def _compared(
    watch: Watch, before: SavedBody | None, now: Mapping[str, Any], library: Library, day: date
) -> Watched:
    """What differs between the answer that stood for the watch and the one of now."""
    if before is None:
        return Watched(watch=watch, outcome=WatchOutcome.FIRST, abstained=now["abstained"])
    old = json.loads(before.body)
    law = tuple(changes_since(old, library, as_of=day))
    law += tuple(_new_law(old, now, law, library))
    said, says = _said(old), _said(now)
    gone = tuple(text for key, text in said.items() if key not in says)
    new = tuple(text for key, text in says.items() if key not in said)
    differs = bool(law or gone or new or old["abstained"] != now["abstained"])
    return Watched(
        watch=watch,
        outcome=WatchOutcome.CHANGED if differs else WatchOutcome.SAME,
        law=law,
        gone=gone,
        new=new,
        currency=tuple(_currency(old, now)),
        causes=tuple(_causes(old, now)) if differs and not law else (),
        abstained=now["abstained"],
    )


def _new_law(
    old: Mapping[str, Any], now: Mapping[str, Any], told: Iterable[LawChange], library: Library
) -> Iterator[LawChange]:
    """Sections that are cited now and came into their packs after the old answer was given."""
    asked_at = datetime.fromisoformat(old["asked_at"])
    cited = {source["id"] for source in old["sources"]}
    # Where a cited section went has been told.
    cited |= {one.change.after.id for one in told if one.change and one.change.after}
    for source in now["sources"]:
        came = library.first_seen(source["id"])
        if source["id"] in cited or came is None or came < asked_at:
            continue
        section = library.section(source["id"])
        change = SectionChange(kind=ChangeKind.ADDED, before=None, after=section)
        yield LawChange(
            id=source["id"], citation=source["citation"], became=Became.ADDED, change=change
        )


def _said(answer: Mapping[str, Any]) -> dict[object, str]:
    """The answer's statements of law by what they say and quote; labels and order are no part."""
    ids = {source["label"]: source["id"] for source in answer["sources"]}
    return {
        (
            one["text"],
            tuple((ids.get(cite["source"], ""), cite["quote"]) for cite in one["cites"]),
        ): one["text"]
        for one in _statements(answer)
        if one["kind"] != "note"
    }


def _statements(answer: Mapping[str, Any]) -> Sequence[Mapping[str, Any]]:
    blocks = (one for block in answer["blocks"] for one in block["statements"])
    return [*answer["summary"], *blocks]


def _currency(old: Mapping[str, Any], now: Mapping[str, Any]) -> Iterator[tuple[str, str, str]]:
    """The codes whose currency is another: code, what it was, what it is."""
    were = {one["pack"]: one["current_through"] for one in old["coverage"]["searched"]}
    for one in now["coverage"]["searched"]:
        was = were.get(one["pack"])
        if was is not None and was != one["current_through"]:
            yield one["code"], was, one["current_through"]


def _causes(old: Mapping[str, Any], now: Mapping[str, Any]) -> Iterator[str]:
    """Why an answer may differ though no law that it cited changed."""
    were = {one["pack"] for one in old["coverage"]["searched"]}
    are = {one["pack"] for one in now["coverage"]["searched"]}
    yield from (f"{pack} is searched now and was not" for pack in sorted(are - were))
    yield from (f"{pack} was searched and is not now" for pack in sorted(were - are))
    if old["as_of"] != now["as_of"]:
        yield f"it is asked as of {now['as_of']}, and was as of {old['as_of']}"
    for name in ("writer", "version"):
        was, is_now = old["provenance"][name], now["provenance"][name]
        if was != is_now:
            yield f"{name} {is_now}, was {was}"
    if were == are and old["provenance"]["library"] != now["provenance"]["library"]:
        yield "other sections of the library changed"
