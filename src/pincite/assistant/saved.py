"""Check a saved answer as a whole: its shape, its law, its numbering, and its own record."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from pincite.answer import Fault, FaultKind
from pincite.errors import UsageError
from pincite.verification import Finding, verify_answer

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from datetime import date, datetime

    from pincite.answer import Answer
    from pincite.law.section import Section
    from pincite.library.protocol import Library

_LARGEST = 64 * 1024 * 1024
_PROBLEMS = 3
_EXACT = 2**53  # below it a float holds every whole number


@dataclass(frozen=True, slots=True, kw_only=True)
class SavedCheck:
    """Every place that was checked; `notes` are worth knowing and no faults.

    `recorded` tells whether the very same answer is kept beside this library.
    """

    findings: tuple[Finding, ...]
    recorded: bool
    notes: tuple[str, ...] = ()

    @property
    def holds(self) -> bool:
        return not self.faulty

    @property
    def faulty(self) -> tuple[Finding, ...]:
        return tuple(finding for finding in self.findings if finding.faults)


def check_saved(
    data: bytes, source: str, library: Library, *, today: date, workspace: str = "default"
) -> SavedCheck:
    """Raises UsageError, naming the place, for what is no saved answer.

    An answer holds if it is what the law said that it was made from; that the law has changed by
    `today` is told in a note.
    """
    saved = _read(data, source)
    if twice := tuple(_twice(saved)):
        return SavedCheck(findings=twice, recorded=False)
    hashes = {one["id"]: one["text_sha256"] for one in saved["sources"]}

    def lookup(identifier: str) -> Section | None:
        """The version that the answer was made from, if the library still has it."""
        versions = library.versions(identifier)
        wanted = hashes.get(identifier)
        same = [one for one in versions if one.text_sha256 == wanted]
        return (same or [library.section(identifier)])[-1]

    findings, followed = _bookkeeping(verify_answer(saved, lookup).findings, saved, library)
    findings += _labels(saved)
    findings += _coverage(saved, library)
    recorded, record = _record(saved, library, workspace)
    findings += record
    notes = (*_notes(saved, library), *followed, *_since(saved, library, today))
    return SavedCheck(findings=tuple(findings), recorded=recorded, notes=notes)


def _bookkeeping(
    findings: Iterable[Finding], saved: Mapping[str, Any], library: Library
) -> tuple[list[Finding], list[str]]:
    """Findings without what an update may bring though the law is the same; those as notes."""
    if saved["provenance"]["library"] == library.digest():
        return list(findings), []
    kept: list[Finding] = []
    notes: list[str] = []
    for one in findings:
        later = [f for f in one.faults if f.detail.startswith(("current_through is", "url is"))]
        notes += [f"{one.text}: {fault.detail}." for fault in later]
        kept.append(replace(one, faults=tuple(f for f in one.faults if f not in later)))
    return kept, notes


def _since(saved: Mapping[str, Any], library: Library, today: date) -> Iterator[str]:
    from pincite.assistant.watching import changes_since
    from pincite.law.section import Status
    from pincite.rendering.watch import law_line

    if any(one["status"] not in set(Status) for one in saved["sources"]):
        return  # the findings tell of it

    for change in changes_since(saved, library, as_of=today):
        quoted = " in words that the answer quotes" if change.touched else ""
        yield f"The law has changed since: {law_line(change)}{quoted}."


def read_saved(data: bytes, source: str) -> Answer:
    """The answer that the bytes are. Raises UsageError, naming the place, for what is none."""
    from pincite.rendering.from_wire import from_wire
    from pincite.rendering.wire import AnswerWire

    return from_wire(AnswerWire.model_validate(_read(data, source)))


def _read(data: bytes, source: str) -> dict[str, Any]:
    from pydantic import ValidationError

    from pincite.rendering.wire import AnswerWire

    if len(data) > _LARGEST:
        raise UsageError(f"{source} has {len(data):,} bytes; no saved answer is so large")
    try:
        saved = json.loads(data.decode("utf-8"), object_pairs_hook=_once, parse_float=_number)
    except UnicodeDecodeError as error:
        raise UsageError(f"{source} is no saved answer: byte {error.start} is not UTF-8") from error
    except (ValueError, RecursionError) as error:
        raise UsageError(f"{source} is no saved answer: it is not JSON ({error})") from error
    if not isinstance(saved, dict):
        raise UsageError(f"{source} is no saved answer: it is JSON, but no object")
    try:
        AnswerWire.model_validate(saved, strict=True)
    except ValidationError as error:
        problems = error.errors()
        said = "; ".join(f"{_place(one['loc'])}: {one['msg']}" for one in problems[:_PROBLEMS])
        more = f"; and {len(problems) - _PROBLEMS} more" if len(problems) > _PROBLEMS else ""
        raise UsageError(f"{source} is no saved answer: {said}{more}") from error
    return saved


def _once(pairs: list[tuple[str, object]]) -> dict[str, object]:
    """A key that stands twice would be shown by one reader and checked by another."""
    keys = [key for key, _ in pairs]
    if len(set(keys)) != len(keys):
        twice = next(key for key in keys if keys.count(key) > 1)
        raise ValueError(f"the key {twice!r} stands twice in one object")
    return dict(pairs)


def _number(text: str) -> int | float:
    """A whole number may be written as 7.0: to JSON that is the same."""
    value = float(text)
    return int(value) if abs(value) < _EXACT and value.is_integer() else value


def _place(where: tuple[int | str, ...]) -> str:
    return "".join(f"[{one}]" if isinstance(one, int) else f".{one}" for one in where).lstrip(".")


def _twice(saved: Mapping[str, Any]) -> Iterator[Finding]:
    """Labels of two sources: what a statement cites by them cannot be told."""
    seen: set[str] = set()
    for place, one in enumerate(saved["sources"]):
        if one["label"] in seen:
            fault = Fault(
                kind=FaultKind.CITATION, detail=f"two sources are labelled {one['label']!r}"
            )
            yield Finding(place=f"sources[{place}].label", text=one["citation"], faults=(fault,))
        seen.add(one["label"])


def _labels(saved: Mapping[str, Any]) -> Iterator[Finding]:
    """Sources are numbered document-major, in the order in which statements cite them."""
    sources = saved["sources"]
    documents = {one["label"]: one["document"] for one in sources}
    cited = [cite["source"] for one in _statements(saved) for cite in one["cites"]]
    cited = [label for label in cited if label in documents]
    held = list(dict.fromkeys(documents[label] for label in cited))
    order: dict[str, list[str]] = {document: [] for document in held}
    for label in dict.fromkeys([*cited, *documents]):
        order.setdefault(documents[label], []).append(label)
    expected = {
        label: f"{d}.{s}"
        for d, labels in enumerate(order.values(), start=1)
        for s, label in enumerate(labels, start=1)
    }
    for place, one in enumerate(sources):
        if expected[one["label"]] != one["label"]:
            detail = f"the label {one['label']} stands where {expected[one['label']]} belongs"
            fault = Fault(kind=FaultKind.CITATION, detail=detail)
            yield Finding(place=f"sources[{place}].label", text=one["citation"], faults=(fault,))


def _coverage(saved: Mapping[str, Any], library: Library) -> Iterator[Finding]:
    """What it says was searched, against the packs; after an update nothing can be told of it."""
    if saved["provenance"]["library"] != library.digest():
        return
    packs = {pack.name: pack for pack in library.packs()}
    for place, one in enumerate(saved["coverage"]["searched"]):
        pack = packs.get(one["pack"])
        held: dict[str, object] = {}
        if pack is not None:
            held = {
                "sections": pack.sections,
                "current_through": pack.current_through,
                "excerpts": pack.excerpts,
            }
        wrong = [name for name, value in held.items() if one[name] != value]
        said = f"{', '.join(wrong)} is not as installed" if pack else "no such pack is installed"
        if wrong or pack is None:
            fault = Fault(kind=FaultKind.NUMBER, detail=said)
            where = f"coverage.searched[{place}]"
            yield Finding(place=where, text=one["pack"], faults=(fault,))


def _statements(saved: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    return [*saved["summary"], *(one for block in saved["blocks"] for one in block["statements"])]


def _record(
    saved: Mapping[str, Any], library: Library, workspace: str
) -> tuple[bool, list[Finding]]:
    """Compare with the answer that was kept beside this library when it was given, if it was."""
    from datetime import datetime

    from pincite.library.answers import SavedAnswers

    try:
        asked_at = datetime.fromisoformat(saved["asked_at"])
    except ValueError as error:
        raise UsageError(f"no saved answer: asked_at is {saved['asked_at']!r}, no time") from error
    with SavedAnswers(library.home, workspace=workspace) as answers:
        kept = [json.loads(one.body) for one in answers.of_second(_second(asked_at))]
    if not kept:
        return False, []
    if saved in kept:
        return True, []
    record = next((one for one in kept if one["question"] == saved["question"]), kept[0])
    changed = [key for key in record if record[key] != saved.get(key)]
    fault = Fault(
        kind=FaultKind.NOT_VERBATIM,
        detail=f"differs from the answer that was kept when it was given, in: {', '.join(changed)}",
    )
    return False, [Finding(place=changed[0], text=str(saved["question"]), faults=(fault,))]


def _second(asked_at: datetime) -> str:
    # The wire format gives whole seconds; what is stored has their parts too.
    return asked_at.isoformat()[:19]


def _notes(saved: Mapping[str, Any], library: Library) -> Iterator[str]:
    if saved["provenance"]["library"] != library.digest():
        yield "The library holds other packs now than when the answer was made."
    if saved["abstained"]:
        yield "The answer abstains: it says nothing of the law."
