"""The names of places, loaded once from the tables beside this module."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib.resources import files

from pincite.law.jurisdiction import ALL, STATES, JurisdictionKind


class PlaceKind(StrEnum):
    """What sort of name it is."""

    JURISDICTION = "jurisdiction"
    DEMONYM = "demonym"
    CITY = "city"
    REGION = "region"
    SIGNAL = "signal"
    ELSEWHERE = "elsewhere"
    NOTHING = "nothing"


@dataclass(frozen=True, slots=True)
class Place:
    """A name and the jurisdictions that it may mean.

    `means` has one id where the name alone settles the jurisdiction, several to ask between
    (an entry that starts with `=` is a place outside the United States), and `also` the others
    that have a place of the name. `together` says that all of `means` are meant. `form` is how
    it must be written (the tables say what each means), or empty. `label` is
    what the table says that it is.
    """

    name: str
    kind: PlaceKind
    means: tuple[str, ...]
    also: tuple[str, ...] = ()
    form: str = ""
    together: bool = False
    label: str = ""


@dataclass(frozen=True, slots=True)
class Gazetteer:
    """Places by their folded name, the codes of counties by theirs, the longest name in words."""

    places: dict[str, Place]
    counties: dict[str, str]
    longest: int

    def county(self, name: str) -> Place | None:
        """The county with that folded name, with the states that have one."""
        codes = self.counties.get(name)
        if codes is None:
            return None
        return Place(f"{name.title()} County", PlaceKind.REGION, _ids(codes))


_ABBREVIATED = {"saint": "st", "fort": "ft", "mount": "mt"}
_DOTTED = r"(?:[^\W\d_]\.){2,}"
WORD = re.compile(rf"{_DOTTED}|[^\W_]+(?:['’][^\W_]+)*")


def fold(word: str) -> str:
    """A word as names are compared: no case, apostrophe or possessive ending.

    The periods of "N.Y." stay: "LA" is asked about, "L.A." is not.
    """
    word = word.lower().replace("’", "'").removesuffix("'s").replace("'", "")
    return _ABBREVIATED.get(word, word)


def key(name: str) -> str:
    """The folded words of a name, a space between them."""
    if name.isascii() and name.replace(" ", "").isalpha():
        return " ".join(_ABBREVIATED.get(word, word) for word in name.lower().split())
    return " ".join(fold(match.group()) for match in WORD.finditer(name))


def _rows(table: str) -> list[list[str]]:
    text = files("pincite.retrieval.places").joinpath(table).read_text(encoding="utf-8")
    return [line.split("\t") for line in text.splitlines() if line and not line.startswith("#")]


def _ids(codes: str) -> tuple[str, ...]:
    if codes == "-":
        return ()
    return tuple(c if c.startswith("=") else f"us-{c.lower()}" for c in codes.split(","))


def _form(text: str) -> str:
    return "" if text == "-" else text


def _cities() -> list[Place]:
    return [
        Place(name, PlaceKind.CITY, _ids(means), _ids(also), _form(form))
        for name, means, also, form in _rows("cities.tsv")
    ]


def _regions() -> list[Place]:
    return [
        Place(
            name,
            PlaceKind.REGION,
            _ids(means.lstrip("?+")),
            form=_form(form),
            together=means.startswith("+"),
        )
        for name, means, form in _rows("regions.tsv")
    ]


def _signals() -> list[Place]:
    return [
        Place(name, PlaceKind.SIGNAL, (means,), form=_form(form), label=label)
        for name, means, label, form in _rows("signals.tsv")
    ]


def _elsewhere() -> list[Place]:
    return [
        Place(name, PlaceKind.ELSEWHERE, (), form=_form(form), label=label)
        for name, label, form in _rows("elsewhere.tsv")
    ]


def _not_places() -> list[Place]:
    return [Place(name, PlaceKind.NOTHING, ()) for (name,) in _rows("not_places.tsv")]


def _jurisdictions() -> list[Place]:
    places = [
        Place(item.name, PlaceKind.JURISDICTION, (item.id,))
        for item in ALL
        if item.kind in {JurisdictionKind.STATE, JurisdictionKind.DISTRICT}
    ]
    # "the District" alone is a name too, and a longer name must start where it does to win.
    places += [
        Place(f"the {item.name}", PlaceKind.JURISDICTION, (item.id,))
        for item in ALL
        if item.kind is JurisdictionKind.DISTRICT
    ]
    for item in STATES:
        for demonym in item.demonyms:
            places += [
                Place(form, PlaceKind.DEMONYM, (item.id,), label=demonym)
                for form in (demonym, f"{demonym}s")
            ]
    return places


@cache
def gazetteer() -> Gazetteer:
    """Every place. Later tables win: a state's own name is never a town's."""
    places: dict[str, Place] = {}
    for table in (_cities(), _elsewhere(), _regions(), _signals(), _jurisdictions(), _not_places()):
        places.update((key(place.name), place) for place in table)
    counties = {key(name): codes for name, codes in _rows("counties.tsv")}
    return Gazetteer(places, counties, max(name.count(" ") + 1 for name in places))
