"""What a form asks, read and checked; and what an ask form starts with."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from pincite.errors import UsageError
from pincite.law.jurisdiction import ALL, by_id, jurisdiction

if TYPE_CHECKING:
    from collections.abc import Iterable

    from starlette.datastructures import FormData, QueryParams

    from pincite.assistant import Assistant
    from pincite.law.jurisdiction import Jurisdiction
    from pincite.rendering.wire import AnswerWire

_FACTS = 50
_PLACES = 60
_AFTER = 2_000  # characters of the question before that are kept
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A question with what is given beside it. `as_of` of `None` is today.

    `after` is the question that a follow-up goes on from: "And what are the penalties?" is asked
    with it, as one question, and shown so.
    """

    question: str = ""
    after: str = ""
    jurisdictions: tuple[str, ...] = ()
    facts: tuple[str, ...] = ()
    as_of: date | None = None

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(found.name for one in self.jurisdictions if (found := jurisdiction(one)))


def asked_in(form: FormData | QueryParams) -> Asked:
    """Raises UsageError for a date that is none."""
    places = [str(one) for one in form.getlist("in") if str(one).strip()]
    return Asked(
        question=_whole(str(form.get("after") or ""), str(form.get("question") or "")),
        jurisdictions=tuple(dict.fromkeys(places))[:_PLACES],
        facts=_facts(str(form.get("facts") or "")),
        as_of=day_in(form.get("as_of")),
    )


def day_in(value: object) -> date | None:
    """The day in a form's field; `None` for an empty one. Raises UsageError."""
    text = str(value or "").strip()
    if not text:
        return None
    try:
        if _DAY.fullmatch(text):
            return date.fromisoformat(text)
    except ValueError:
        pass
    raise UsageError(f"{text[:40]!r} is no date; write 2026-11-21")


def following(answer: AnswerWire) -> Asked:
    """What a follow-up question starts with: the same matter, jurisdictions, facts and day."""
    return Asked(
        after=answer.question,
        jurisdictions=tuple(found.id for found in answer.jurisdictions),
        facts=tuple(answer.facts),
        as_of=day_in(answer.as_of),
    )


def choices_of(answer: AnswerWire) -> tuple[tuple[str, str], ...]:
    """What to choose from, as `(value of the form's field, name)`."""
    return tuple(
        (found.id if (found := jurisdiction(name)) else name, name) for name in answer.choices
    )


def installed_places(assistant: Assistant, also: Iterable[str] = ()) -> tuple[Jurisdiction, ...]:
    """The jurisdictions of which any law is installed, and `also` these; federal first, by name."""
    have = {pack.jurisdiction for pack in assistant.packs()} | set(also)
    return tuple(place for place in ALL if place.id in have)


def named_places(ids: Iterable[str]) -> tuple[str, ...]:
    return tuple(by_id(one).name for one in ids)


def _whole(before: str, question: str) -> str:
    before = before.strip()[-_AFTER:]
    return f"{before} {question}" if before and question.strip() else question


def _facts(text: str) -> tuple[str, ...]:
    parts = (" ".join(part.split()) for part in re.split(r"[;\n]", text))
    return tuple(dict.fromkeys(part for part in parts if part))[:_FACTS]
