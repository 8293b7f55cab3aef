"""Finds every name of a place in a question, the longest name at each word."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise

from pincite.law.jurisdiction import by_id, jurisdiction
from pincite.retrieval.places.gazetteer import (
    WORD,
    Gazetteer,
    Place,
    PlaceKind,
    fold,
    gazetteer,
)
from pincite.retrieval.places.persons import is_person
from pincite.retrieval.places.postal import postal_codes


@dataclass(frozen=True, slots=True)
class Mention:
    """A place at `text[start:end]`, and how its jurisdiction is known, once it is."""

    place: Place
    start: int
    end: int
    how: str = ""


# Towns that bear the name of a state: without this list "California, Colorado" is two states.
_TOWNS = frozenset({
    ("us-ca", "us-mo"), ("us-ca", "us-md"), ("us-ca", "us-pa"), ("us-nv", "us-mo"),
    ("us-nv", "us-ia"), ("us-nv", "us-tx"), ("us-nv", "us-oh"), ("us-in", "us-pa"),
    ("us-de", "us-oh"), ("us-wy", "us-mi"), ("us-wy", "us-oh"), ("us-wy", "us-mn"),
    ("us-wy", "us-pa"), ("us-or", "us-oh"), ("us-or", "us-wi"), ("us-or", "us-il"),
    ("us-or", "us-mo"), ("us-wa", "us-pa"), ("us-wa", "us-mo"), ("us-wa", "us-il"),
    ("us-wa", "us-nc"), ("us-wa", "us-ut"), ("us-wa", "us-in"), ("us-wa", "us-nj"),
    ("us-wa", "us-ia"), ("us-va", "us-mn"), ("us-va", "us-il"), ("us-fl", "us-ny"),
    ("us-la", "us-mo"), ("us-ia", "us-la"), ("us-ga", "us-vt"), ("us-me", "us-ny"),
    ("us-mt", "us-wi"), ("us-vt", "us-il"), ("us-oh", "us-il"), ("us-tx", "us-md"),
    ("us-ks", "us-il"), ("us-ny", "us-tx"), ("us-pa", "us-al"),
})  # fmt: skip

_JOINT = re.compile(r"\.?\s+|[-–]")  # what may stand between two words of one name
_PAIR = re.compile(r"\s*,\s*|\s+|\s*\(\s*")
_THE_COUNTRY = re.compile(r"[\s,(]+the\s+country\b", re.IGNORECASE)
_LIST_GOES_ON = re.compile(r"\s*(?:,|and\b|or\b|&)\s*(?:(?:and|or|in)\s+)?([\w.]+(?: \w+)?)")
_PLACE_BEFORE = re.compile(
    r"\b(?:in|near|around|outside|downtown|within|into|based in|(?:city|town) of|"
    r"(?:mov|relocat|expand|travel)\w* to)\s+$",
    re.IGNORECASE,
)
_OUR_BEFORE = re.compile(r"\b(?:our|my|the|their|a|an|your|its)\s+$", re.IGNORECASE)
_SITE_AFTER = re.compile(
    r"-(?:based|area)|[,]?\s+(?:based|area|store|shop|office|location|branch|plant|facility|"
    r"clinic|restaurant|warehouse|property|site|headquarters|bakery|hotel|apartment|rental|"
    r"landlord|employer|employee|team|staff|salon|school|hospital|residents?|customers?)",
)
_LAWISH_AFTER = re.compile(r"\s+(?:law|code|statute|state)\b", re.IGNORECASE)


def mentions(text: str) -> tuple[Mention, ...]:
    """Every place named in `text`, in order; a place and its state are one mention."""
    found = sorted((*_names(text), *postal_mentions(text)), key=lambda m: (m.start, -m.end))
    apart: list[Mention] = []
    for mention in found:
        if not apart or mention.start >= apart[-1].end:
            apart.append(mention)
    paired = _pair(text, apart)
    return tuple(
        m for m in paired if m.place.kind is not PlaceKind.NOTHING and (m.how or _counts(text, m))
    )


def postal_mentions(text: str) -> list[Mention]:
    """The postal codes of states that are meant as such."""
    return [
        Mention(Place(code, PlaceKind.JURISDICTION, (f"us-{code.lower()}",)), start, end, "postal")
        for start, end, code in postal_codes(text, gazetteer())
    ]


def _names(text: str) -> list[Mention]:
    names = gazetteer()
    words = list(WORD.finditer(text))
    folded = [fold(word.group()) for word in words]
    joined = [
        _JOINT.fullmatch(text, left.end(), right.start()) is not None
        for left, right in pairwise(words)
    ]
    found: list[Mention] = []
    at = 0
    while at < len(words):
        place, size = _longest(names, folded, joined, at)
        if place is None:
            at += 1
            continue
        end = words[at + size - 1].end()
        if place.means == ("us-ga",) and _THE_COUNTRY.match(text, end):
            place = names.places["country of georgia"]
        found.append(Mention(place, words[at].start(), end))
        at += size
    return found


def _longest(
    names: Gazetteer, folded: list[str], joined: list[bool], at: int
) -> tuple[Place | None, int]:
    reach = 1
    while reach < names.longest and at + reach < len(folded) and joined[at + reach - 1]:
        reach += 1
    for size in range(reach, 0, -1):
        words = folded[at : at + size]
        place = names.places.get(" ".join(words))
        if place is None and size > 1 and words[-1] in {"county", "parish", "borough"}:
            place = names.county(" ".join(words[:-1]))
        if place is not None:
            return place, size
    return None, 1


def _pair(text: str, found: list[Mention]) -> list[Mention]:
    """Join "Springfield, Missouri" and "Toronto, Ontario" into one mention each."""
    result: list[Mention] = []
    for mention in found:
        previous = result[-1] if result else None
        if previous is None or not _PAIR.fullmatch(text, previous.end, mention.start):
            result.append(mention)
            continue
        joint = _joined(text, previous, mention)
        if joint is None:
            result.append(mention)
        else:
            result[-1] = joint
    return result


def _joined(text: str, town: Mention, state: Mention) -> Mention | None:
    comma = "," in text[town.end : state.start] or "(" in text[town.end : state.start]
    name = text[town.start : town.end]
    if state.place.kind is PlaceKind.ELSEWHERE:
        return _abroad(text, town, state) if comma else None
    if comma and _province(town, state):
        return _abroad(text, town, state)
    if not _is_state(state) or town.how or not _town_of(text, town, state, comma=comma):
        return None
    if town.place.label == "Georgia (the country)" and state.place.means == ("us-ga",):
        return Mention(town.place, town.start, state.end, "elsewhere")
    (state_id,) = state.place.means
    if state_id == "us-dc":
        return Mention(state.place, town.start, state.end, f"{name}, D.C.")
    how = f"{name}, {by_id(state_id).name}"
    return Mention(state.place, town.start, state.end, how)


def _abroad(text: str, town: Mention, country: Mention) -> Mention | None:
    if town.place.kind not in {PlaceKind.CITY, PlaceKind.ELSEWHERE}:
        return None
    label = f"{text[town.start : town.end]}, {text[country.start : country.end]}"
    place = Place(label, PlaceKind.ELSEWHERE, (), label=label)
    return Mention(place, town.start, country.end, "elsewhere")


def _province(town: Mention, second: Mention) -> bool:
    """Whether the second is "Ontario" as in Toronto, not as beside Riverside in California."""
    abroad = any(choice.startswith("=") for choice in second.place.means)
    here = {i for i in town.place.means if i.startswith("us-")}
    return abroad and not here & set(second.place.means)


def _is_state(mention: Mention) -> bool:
    named = mention.place.kind is PlaceKind.JURISDICTION or mention.place.name.endswith(".")
    return len(mention.place.means) == 1 and (named or mention.place.name in {"DC", "D.C."})


def _town_of(text: str, town: Mention, state: Mention, *, comma: bool) -> bool:
    """Whether the first is a town in the second, rather than two places of a list."""
    (state_id,) = state.place.means
    place = town.place
    goes_on = _LIST_GOES_ON.match(text, state.end)
    listed = goes_on is not None and _names_place(goes_on.group(1))
    match place.kind:
        case PlaceKind.JURISDICTION:
            if place.means == ("us-wa",) and state_id == "us-dc":
                return True
            return comma and not listed and (place.means[0], state_id) in _TOWNS
        case PlaceKind.CITY | PlaceKind.REGION:
            return state_id in place.means + place.also or (comma and not listed)
        case PlaceKind.ELSEWHERE:
            return comma and not listed
        case _:
            return False


def _names_place(words: str) -> bool:
    # Not by postal code: after "Delaware, Ohio or" comes a word.
    parts = (words, words.split(" ", 1)[0])
    return any((known := jurisdiction(p)) and p.upper() != known.postal for p in parts)


def _counts(text: str, mention: Mention) -> bool:
    """Whether the name is written as its form asks, so that a word is not taken for a place."""
    written = text[mention.start : mention.end]
    cased = re.search(r"\b[^\W\d_a-z]", written) is not None
    before = text[max(0, mention.start - 40) : mention.start]
    capitals = written.isupper() or written.lower() == "united states"
    match mention.place.form:
        case "cite":
            written_so = capitals and _beside_a_number(text, mention)
        case "upper" | "usa":
            written_so = capitals
        case "cased":
            written_so = cased
        case "abbrev":
            written_so = cased and text[mention.end : mention.end + 1] == "."
        case "cue":
            written_so = cased and _has_cue(text, mention, before)
        case _:
            lower_city = mention.place.kind is PlaceKind.CITY and not cased
            written_so = not lower_city or _lower_cue(text, mention, before)
    return written_so and not is_person(text, mention.start, mention.end)


def _lower_cue(text: str, mention: Mention, before: str) -> bool:
    """Whether a city in lower case stands as one: "in seattle", "our seattle store"."""
    if _PLACE_BEFORE.search(before):
        return True
    return _OUR_BEFORE.search(before) is not None and bool(_SITE_AFTER.match(text, mention.end))


def _beside_a_number(text: str, mention: Mention) -> bool:
    near = text[max(0, mention.start - 6) : mention.start] + text[mention.end :][:12]
    return any(character.isdigit() for character in near)


def _has_cue(text: str, mention: Mention, before: str) -> bool:
    if _SITE_AFTER.match(text, mention.end):
        return True
    if _LAWISH_AFTER.match(text, mention.end):
        return True
    if not _PLACE_BEFORE.search(before):
        return False
    # "in Jackson Hewitt's office": a capitalised word right after makes it another name.
    after = re.match(r"\s+([A-Z][a-z]+)", text[mention.end : mention.end + 30])
    return after is None
