"""Word's numbering: definitions, overrides and restarts turned into the labels that it shows."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pincite.parsing.files.labels import counted
from pincite.parsing.safe_xml import child, local

if TYPE_CHECKING:
    from collections.abc import Iterable

    from lxml.etree import _Element as Element

_LEVELS = 9
_PLACE = re.compile(r"%([1-9])")
_DEEPEST = 20
_LARGEST = 1_000_000
_HEADING = re.compile(r"heading (\d)")


@dataclass(frozen=True, slots=True)
class Style:
    """A paragraph's style: its name, the level of the heading that it is, its list."""

    name: str = ""
    level: int = 0
    list_id: str = ""
    list_level: int = 0


_PLAIN = Style()


def _value(element: Element | None, name: str = "val") -> str:
    if element is None:
        return ""
    for key, value in element.attrib.items():
        if str(key).rpartition("}")[2] == name:
            return str(value)
    return ""


def _whole(text: str, default: int) -> int:
    digits = text.removeprefix("-")
    if not (digits.isascii() and digits.isdigit()) or len(digits) > 9:  # noqa: PLR2004
        return default
    return max(-1, min(_LARGEST, int(text)))


class Styles:
    """The paragraph styles of a document, with what they take from those that they rest on."""

    def __init__(self, elements: Iterable[Element]) -> None:
        self._raw: dict[str, tuple[str, str, str, str, str]] = {}
        for style in elements:
            properties = child(style, "pPr")
            numbers = None if properties is None else child(properties, "numPr")
            self._raw[_value(style, "styleId")] = (
                _value(child(style, "name")).lower(),
                _value(child(style, "basedOn")),
                "" if properties is None else _value(child(properties, "outlineLvl")),
                "" if numbers is None else _value(child(numbers, "numId")),
                "" if numbers is None else _value(child(numbers, "ilvl")),
            )

    def of(self, paragraph: Element) -> Style:
        properties = child(paragraph, "pPr")
        if properties is None:
            return _PLAIN
        found = self._named(_value(child(properties, "pStyle")))
        own = _value(child(properties, "outlineLvl"))
        if own and 0 <= (level := _whole(own, _LEVELS)) < _LEVELS:
            return Style(found.name, level + 1, found.list_id, found.list_level)
        return found

    def _named(self, identifier: str) -> Style:
        """The style, what it does not say taken from the styles below it."""
        first = name = self._raw.get(identifier, ("",) * 5)[0]
        outline = list_id = list_level = ""
        for _ in range(_DEEPEST):
            raw = self._raw.get(identifier)
            if raw is None:
                break
            name, identifier, mine, numbers, level = raw
            if not outline:
                heading = _HEADING.fullmatch(name)
                outline = mine or (str(int(heading[1]) - 1) if heading else "")
            list_id, list_level = list_id or numbers, list_level or level
        level = _whole(outline, _LEVELS) if outline else _LEVELS
        return Style(
            first, level + 1 if 0 <= level < _LEVELS else 0, list_id, _whole(list_level, 0)
        )


@dataclass(frozen=True, slots=True)
class _Level:
    form: str = "decimal"
    text: str = ""
    start: int = 1
    restart: int = -1  # after which level it begins anew; 0 never; -1 after any above it
    legal: bool = False


class Numbering:
    """Counts as Word does: one count for each list and level."""

    def __init__(self, elements: Iterable[Element], styles: Styles) -> None:
        self._styles = styles
        self._lists: dict[str, dict[int, _Level]] = {}
        self._linked: dict[str, tuple[str, int]] = {}
        self._numbers: dict[str, tuple[str, dict[int, int], dict[int, _Level]]] = {}
        for element in elements:
            if local(element) == "abstractNum":
                self._abstract(element)
            else:
                self._number(element)
        self._counts: dict[str, list[int]] = {}
        self._begun: set[tuple[str, int]] = set()

    def label(self, paragraph: Element) -> str:
        """The label that Word shows before the paragraph; empty for none. Counts it."""
        list_id, level = self._list_of(paragraph)
        if list_id in ("", "0") or list_id not in self._numbers or not 0 <= level < _LEVELS:
            return ""
        abstract, starts, own = self._numbers[list_id]
        levels = {**self._lists.get(abstract, {}), **own}
        counts = self._counts.setdefault(abstract, [-1] * _LEVELS)
        if level in starts and (list_id, level) not in self._begun:
            self._begun.add((list_id, level))
            counts[level] = starts[level] - 1
        elif counts[level] < 0:
            counts[level] = levels.get(level, _Level()).start - 1
        counts[level] += 1
        for deeper in range(level + 1, _LEVELS):
            restart = levels.get(deeper, _Level()).restart
            if restart < 0 or (restart and level < restart):
                counts[deeper] = -1
        return self._shown(levels, counts, level)

    def _shown(self, levels: dict[int, _Level], counts: list[int], level: int) -> str:
        mine = levels.get(level, _Level(text=f"%{level + 1}."))
        if mine.form == "bullet":
            return "•"
        if mine.form == "none":
            return ""

        def count(match: re.Match[str]) -> str:
            place = int(match[1]) - 1
            other = levels.get(place, _Level())
            number = counts[place] if counts[place] >= 0 else other.start
            return counted(number, "decimal" if mine.legal else other.form)

        return _PLACE.sub(count, mine.text).strip()

    def _list_of(self, paragraph: Element) -> tuple[str, int]:
        properties = child(paragraph, "pPr")
        style = self._styles.of(paragraph)
        numbers = None if properties is None else child(properties, "numPr")
        list_id, level = style.list_id, style.list_level
        if numbers is not None:
            list_id = _value(child(numbers, "numId")) or list_id
            level = _whole(_value(child(numbers, "ilvl")), level)
        elif list_id and properties is not None:
            linked = self._linked.get(_value(child(properties, "pStyle")))
            if linked is not None and linked[0] == self._numbers.get(list_id, ("",))[0]:
                level = linked[1]
        return list_id, level

    def _abstract(self, element: Element) -> None:
        name = _value(element, "abstractNumId")
        levels: dict[int, _Level] = {}
        for one in element:
            if local(one) == "lvl":
                place = _whole(_value(one, "ilvl"), 0)
                levels[place] = _level(one)
                if style := _value(child(one, "pStyle")):
                    self._linked[style] = (name, place)
        self._lists[name] = levels

    def _number(self, element: Element) -> None:
        starts: dict[int, int] = {}
        own: dict[int, _Level] = {}
        for override in element:
            if local(override) != "lvlOverride":
                continue
            place = _whole(_value(override, "ilvl"), 0)
            if start := _value(child(override, "startOverride")):
                starts[place] = _whole(start, 1)
            if (level := child(override, "lvl")) is not None:
                own[place] = _level(level)
        abstract = _value(child(element, "abstractNumId"))
        self._numbers[_value(element, "numId")] = (abstract, starts, own)


def _level(element: Element) -> _Level:
    legal = child(element, "isLgl")
    return _Level(
        form=_value(child(element, "numFmt")) or "decimal",
        text=_value(child(element, "lvlText"))[:80],
        start=max(0, _whole(_value(child(element, "start")), 1)),
        restart=_whole(_value(child(element, "lvlRestart")), -1),
        legal=legal is not None and _value(legal) not in ("0", "false"),
    )
