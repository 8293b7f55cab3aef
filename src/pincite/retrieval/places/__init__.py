"""Tells which jurisdictions a question is about, and asks rather than guesses."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING

from pincite.answer import JurisdictionFound
from pincite.errors import UsageError
from pincite.law.jurisdiction import by_id, jurisdiction
from pincite.retrieval.places import roles
from pincite.retrieval.places.gazetteer import Place, PlaceKind
from pincite.retrieval.places.local import local_law
from pincite.retrieval.places.mentions import Mention, mentions

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

__all__ = ["PlacesFound", "places"]


@dataclass(frozen=True, slots=True)
class PlacesFound:
    """Which law a question asks for.

    `jurisdictions` are those whose law is asked for, in the order of the question; `mentioned`
    are named in passing ("a Delaware corporation"). `choices` are the names to ask between
    where a place is ambiguous. `elsewhere` are places outside the United States (and its
    territories) whose law is asked for; `local` is what asks for a city's or county's own law.
    All are empty where the question names no place: whoever asks is asked which. `spans` are
    where in the text the names of places stand (not those of laws), in order.
    """

    jurisdictions: tuple[JurisdictionFound, ...] = ()
    mentioned: tuple[JurisdictionFound, ...] = ()
    choices: tuple[str, ...] = ()
    elsewhere: tuple[str, ...] = ()
    local: tuple[str, ...] = ()
    spans: tuple[tuple[int, int], ...] = ()

    def role(self, jurisdiction_id: str) -> str | None:
        """`law asked for`, `mentioned`, or `None` where the question does not name it."""
        if any(found.id == jurisdiction_id for found in self.jurisdictions):
            return "law asked for"
        return "mentioned" if any(f.id == jurisdiction_id for f in self.mentioned) else None


@dataclass(frozen=True, slots=True)
class _Weighed:
    """A jurisdiction that the text names, with its weight there (see `roles`)."""

    found: JurisdictionFound
    weight: int


def places(text: str, *, given: Sequence[str] = (), installed: Collection[str] = ()) -> PlacesFound:
    """The jurisdictions that `text` asks about.

    `given` (from `--in`) settles the matter; raises `UsageError` where one is not a
    jurisdiction. `installed` are the ids of the jurisdictions in the library: a bare "Franklin"
    is the invented State of Franklin only where that is installed.
    """
    local, found = local_law(text), mentions(text)
    spans = tuple((m.start, m.end) for m in found if m.place.kind is not PlaceKind.SIGNAL)
    if given:
        return PlacesFound(tuple(_given(name) for name in given), local=local, spans=spans)
    settled, open_ = _settle(text, found, franklin="us-fr" in installed)
    weighed = _weigh(text, settled)
    asked, mentioned = _by_role(weighed)
    if any(item.weight == roles.LAW for item in weighed if item.found.id != "us"):
        open_ = [m for m in open_ if roles.weight(text, m.start, m.end) == roles.LAW]
    return PlacesFound(
        asked,
        mentioned,
        choices=_choices(open_),
        elsewhere=_elsewhere(text, found, anywhere=bool(asked)),
        local=local,
        spans=spans,
    )


def _given(name: str) -> JurisdictionFound:
    known = jurisdiction(name)
    if known is None:
        raise UsageError(
            f"“{name}” is not a jurisdiction; give a state's name or postal code, DC, or federal"
        )
    return JurisdictionFound(id=known.id, name=known.name, how="given")


def _found(jurisdiction_id: str, how: str) -> JurisdictionFound:
    return JurisdictionFound(id=jurisdiction_id, name=by_id(jurisdiction_id).name, how=how)


def _settle(
    text: str, found: tuple[Mention, ...], *, franklin: bool
) -> tuple[list[tuple[Mention, JurisdictionFound]], list[Mention]]:
    """The mentions whose jurisdiction is known, and those that must be asked about."""
    named = _named(text, found)
    settled: list[tuple[Mention, JurisdictionFound]] = []
    open_: list[Mention] = []
    for mention in found:
        place = mention.place
        if place.kind is PlaceKind.ELSEWHERE or mention.how == "elsewhere":
            continue
        if place.together:
            settled += [(mention, _found(i, f"{place.name}")) for i in place.means]
        elif _is_bare_washington(text, mention, found) and not ({"us-wa", "us-dc"} & named):
            open_.append(replace(mention, place=replace(place, means=("us-wa", "us-dc"))))
        elif _is_bare_washington(text, mention, found):
            settled.append((mention, _found(min({"us-wa", "us-dc"} & named), place.name)))
        elif (known := _one(place.means, place.also, named)) is not None:
            settled.append((mention, _found(known, _how(mention, known))))
        elif place.name == "Franklin" and franklin and not named:
            settled.append((mention, _found("us-fr", "named in the question")))
        else:
            open_.append(mention)
    return settled, open_


def _named(text: str, found: tuple[Mention, ...]) -> set[str]:
    """The jurisdictions that are certain without regard to the others."""
    return {
        mention.place.means[0]
        for mention in found
        if len(mention.place.means) == 1
        and not mention.place.means[0].startswith("=")
        and not (mention.place.kind is PlaceKind.CITY and mention.place.also)
        and not _is_bare_washington(text, mention, found)
    }


def _is_bare_washington(text: str, mention: Mention, found: tuple[Mention, ...]) -> bool:
    """Whether it is "Washington" with nothing near to say the state or the District."""
    if mention.place.name != "Washington" or mention.how:
        return False
    if mention.place.kind is not PlaceKind.JURISDICTION:
        return False
    if roles.law_of(text, mention.end):
        return False
    return not any(
        other.place.kind is PlaceKind.JURISDICTION
        and other.place.means != mention.place.means
        and (
            roles.listed(text, mention.end, other.start)
            or roles.listed(text, other.end, mention.start)
        )
        for other in found
    )


def _one(means: tuple[str, ...], also: tuple[str, ...], named: set[str]) -> str | None:
    if len(means) == 1 and (not named or means[0] in named):
        return means[0]
    among = [i for i in (*means, *also) if i in named]
    if len(among) == 1:
        return among[0]
    return means[0] if len(means) == 1 else None


def _how(mention: Mention, known: str) -> str:
    place, name = mention.place, by_id(known).name
    if mention.how == "postal":
        return f"postal code {place.name}"
    if mention.how:
        return mention.how
    match place.kind:
        case PlaceKind.JURISDICTION:
            return "named in the question"
        case PlaceKind.DEMONYM:
            return f"demonym ({place.name})"
        case PlaceKind.SIGNAL:
            return "named in the question" if place.label == "named" else _signal(mention)
        case _:
            return "named in the question" if _names_it(place, name) else _inside(place, name)


def _names_it(place: Place, name: str) -> bool:
    """Whether the place is the jurisdiction itself: "Mass.", "N.Y.", "Washington State"."""
    dotted = place.name[1:2] == "." or place.form == "abbrev"
    return dotted or name in place.name or "DC" in place.name or place.name == "the District"


def _inside(place: Place, name: str) -> str:
    return f"{place.name[:1].upper()}{place.name[1:]} is in {name}"


def _signal(mention: Mention) -> str:
    place = mention.place
    if place.label.lower() == place.name.lower():
        return "named in the question"
    return f"{place.label} ({place.name})"


def _weigh(text: str, settled: list[tuple[Mention, JurisdictionFound]]) -> list[_Weighed]:
    """Each with its weight; in a list of places all have the weight of the heaviest."""
    marks = [mention for mention, _ in settled]
    weights = [_weight(text, mention) for mention in marks]
    joined = [roles.listed(text, left.end, right.start) for left, right in pairwise(marks)]
    for at, together in enumerate(joined):
        if together:
            weights[at + 1] = max(weights[at], weights[at + 1])
    for at in range(len(joined) - 1, -1, -1):
        if joined[at]:
            weights[at] = max(weights[at], weights[at + 1])
    return [_Weighed(found, weight) for (_, found), weight in zip(settled, weights, strict=True)]


def _weight(text: str, mention: Mention) -> int:
    place = mention.place
    if place.kind is PlaceKind.SIGNAL:
        if place.form in {"weak", "usa"} or roles.not_bound(text, mention.start):
            return roles.ASIDE
        return roles.LAW
    return roles.weight(text, mention.start, mention.end)


def _by_role(
    weighed: list[_Weighed],
) -> tuple[tuple[JurisdictionFound, ...], tuple[JurisdictionFound, ...]]:
    """Asked for and mentioned, each in the order of the question, no jurisdiction twice."""
    heaviest: dict[str, _Weighed] = {}
    for item in weighed:
        kept = heaviest.get(item.found.id)
        if kept is None:
            heaviest[item.found.id] = item
        else:
            weight = max(item.weight, kept.weight)
            named = item if item.found.how == "named in the question" else kept
            heaviest[item.found.id] = replace(kept, found=named.found, weight=weight)
    states = [item for item in heaviest.values() if item.found.id != "us"]
    federal = heaviest.get("us")
    top = max((item.weight for item in states), default=roles.ASIDE)
    least = min(top, roles.PLACE)
    asked = [item.found for item in states if item.weight >= least]
    mentioned = [item.found for item in states if item.weight < least]
    if federal is not None:
        only = not states and not _denied(federal)
        (asked if federal.weight > roles.ASIDE or only else mentioned).append(federal.found)
    return tuple(asked), tuple(mentioned)


def _denied(item: _Weighed) -> bool:
    """Whether a federal law is named only to say that it does not bind."""
    return item.weight == roles.ASIDE and item.found.how.startswith("federal law (")


def _choices(open_: list[Mention]) -> tuple[str, ...]:
    names = [
        choice.removeprefix("=") if choice.startswith("=") else by_id(choice).name
        for mention in open_
        for choice in mention.place.means
    ]
    return tuple(dict.fromkeys(names))


def _elsewhere(text: str, found: tuple[Mention, ...], *, anywhere: bool) -> tuple[str, ...]:
    labels = [
        mention.place.label
        for mention in found
        if mention.place.kind is PlaceKind.ELSEWHERE
        and not roles.away(text, mention.start)
        and not (anywhere and roles.weight(text, mention.start, mention.end) < roles.PLACE)
    ]
    return tuple(dict.fromkeys(labels))
