"""Which candidate markers are subdivisions, and how deep: the cheapest reading of all of them.

Markers are read from left to right. A reading keeps the lists that are open, from the outermost
to the innermost; a marker goes on with one of them, opens a list below, or is left out, and each
has a price. The few cheapest readings are kept side by side, so that `(i)` after `(h)` is settled
by whether `(j)` or `(ii)` comes.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from pincite.law.outline_labels import FIRST, Place, follows, is_first, readings
from pincite.law.outline_markers import Marker, Setting

DEPTH_MAX = 10
_WIDTH = 8
_MANY = 4_000
_WIDTH_WHERE_MANY = 2
_MARGIN = 7.0
"""A reading so much dearer than the cheapest is given up."""

# Prices. A list inside a line is worth its opening only when a second label follows: a lone
# "(1)" in a sentence costs more to open than to leave out, and a pair costs less. Leaving out
# what stands at the head of a line costs more than a break in sequence, so that nothing that
# looks like a subdivision is dropped to keep a sequence clean.
_OPEN_LINE = 1.0
_OPEN_INLINE = 1.5
_NOT_FIRST = 5.0
_SAME_STYLE_INSIDE = 2.0
_SAME_STYLE_AFTER_PARAGRAPH = 4.5
_NEXT_INLINE = -0.7
_NEXT_IN_OTHER_SETTING = 0.3
_LINE_LIST_GOES_ON_AT_A_WORD = 2.5
_GAP = 5.0
_BACKWARDS = 1.0
_PER_LABEL_MISSING = 0.1
_RESTART = 4.5
_RESTART_INLINE = 1.5
_EXPLAINED = 1.5
_RESTATEMENT = 0.5
_DOUBTFUL = 4.0
_SKIP_INLINE = 0.6
_SKIP_STACKED = 6.0
_SKIP_DOUBTFUL = 0.3
_SKIP_LINE = {"(": 8.0, ".": 5.5, ")": 5.0, "subd": 8.0, "article": 3.0}
_SKIP_OTHER_LINE = 1.0
_NEVER = 99.0

_RESTATED = "restated"
_NESTING_FORMS = frozenset("(.)")
_SHORT_FORMS = frozenset("(.)")
_COUNTED_MISSING = 10
_RANGE_KEPT = 20
_EXCERPT_GAP = 3

_List = tuple[str, Place, bool, int, Any]
"""An open list: style, last place, whether it runs inside lines, depth, the list around it."""
_Trail = tuple[int, int, bool, str, Place, bool, bool, Any]
"""Choices made, last first: marker, depth, opens, kind, place, breaks, inline, the ones before."""
_State = tuple[float, _List | None, _Trail | None]
"""A reading so far: its price, its innermost open list, its choices. Plain tuples, since a sweep
of the packs makes some hundred million of them."""


@dataclass(frozen=True, slots=True)
class Choice:
    """A marker taken as a subdivision: how deep, whether it opens a list, whether it breaks one.

    `restates` is set where it only repeats a label that is open already.
    """

    marker: Marker
    depth: int
    opens: bool
    kind: str
    place: Place
    breaks: bool
    inline: bool
    restates: bool


@dataclass(frozen=True, slots=True)
class _Step:
    """A marker before a reading: its number, how it stands, what its price begins with."""

    index: int
    marker: Marker
    inline: bool
    onto: bool
    restated: bool
    explained: bool
    base: float


def choose(found: list[Marker], explained: list[bool], *, excerpts: bool) -> list[Choice]:
    """The markers that are subdivisions, in order.

    `explained[i]` says that the text before marker `i` tells why labels are missing there.
    `excerpts` says that the text leaves parts out; such a text repeats the label that it is in.
    """
    states: list[_State] = [(0.0, None, None)]
    width = _WIDTH if len(found) < _MANY else _WIDTH_WHERE_MANY
    for index, marker in enumerate(found):
        best: dict[tuple[_List | None, bool], _State] = {}
        for state in states:
            step = _step(state, index, marker, explained=explained[index])
            made = _readings(state, step)
            if excerpts and marker.setting <= Setting.STACK:
                made += _restatements(state, step)
            for new in made:
                key = (new[1], new[2] is not None and new[2][0] == index)
                if key not in best or new[0] < best[key][0]:
                    best[key] = new
        states = sorted(best.values(), key=_price)[:width]
        highest = states[0][0] + _MARGIN
        while states[-1][0] > highest:
            states.pop()
    return _choices(states[0][2], found)


def _price(state: _State) -> float:
    return state[0]


def _step(state: _State, index: int, marker: Marker, *, explained: bool) -> _Step:
    cost, _, trail = state
    onto = trail is not None and trail[0] == index - 1
    stacked_inline = marker.setting is Setting.STACK and trail is not None and onto and trail[6]
    inline = marker.setting >= Setting.CLAUSE or stacked_inline
    restated = trail is not None and trail[3] == _RESTATED
    base = cost + (_DOUBTFUL if marker.doubtful else 0.0)
    return _Step(index, marker, inline, onto, restated, explained, base)


def _readings(state: _State, step: _Step) -> list[_State]:
    """Every way to take the marker after `state`, leaving it out included."""
    cost, innermost, trail = state
    made: list[_State] = [(cost + _skip_price(step), innermost, trail)]
    if step.marker.setting is Setting.STACK and not step.onto:
        return made
    for kind, place in step.marker.readings:
        style = step.marker.form + kind
        lasts = _last_places(step.marker, kind, place)
        seen = False
        in_article = False
        open_list = innermost
        while open_list is not None:
            if open_list[0] == style:
                seen = seen or not in_article
                price, breaks = _go_on(open_list, place, step, innermost)
                if price < _NEVER:
                    depth = open_list[3]
                    opens = breaks and is_first(place)
                    told = breaks and not step.explained
                    choice = (step.index, depth, opens, kind, place, told, step.inline, trail)
                    for last in lasts:
                        gone_on = (style, last, open_list[2], depth, open_list[4])
                        made.append((step.base + price, gone_on, choice))
            in_article = in_article or open_list[0][0] not in _SHORT_FORMS
            open_list = open_list[4]
        price, breaks = _open(place, step, innermost, seen=seen)
        if price < _NEVER:
            depth = innermost[3] + 1 if innermost else 0
            choice = (step.index, depth, True, kind, place, breaks, step.inline, trail)
            for last in lasts:
                opened = (style, last, step.inline, depth, innermost)
                made.append((step.base + price, opened, choice))
    return made


def _restatements(state: _State, step: _Step) -> list[_State]:
    """The readings in which the marker repeats an open label, as excerpts do: `(2)(f)2.`."""
    cost, innermost, trail = state
    marker = step.marker
    if marker.setting is Setting.STACK and not step.onto:
        return []
    made: list[_State] = []
    open_list = innermost
    while open_list is not None:
        for kind, place in marker.readings:
            if open_list[0] == marker.form + kind and open_list[1] == place:
                choice = (step.index, open_list[3], False, _RESTATED, place, False, False, trail)
                made.append((cost + _RESTATEMENT, innermost, choice))
        open_list = open_list[4]
    return made


def _skip_price(step: _Step) -> float:
    marker = step.marker
    if marker.setting is Setting.STACK:
        return _SKIP_STACKED if step.onto else 0.0
    if marker.setting is not Setting.LINE:
        return _SKIP_INLINE
    label = marker.label
    odd = len(marker.readings) == 1 and label.isalpha() and len(set(label)) > 1
    if marker.doubtful or (odd and marker.readings[0][0] in "aA"):
        return _SKIP_DOUBTFUL
    return _SKIP_LINE.get(marker.form, _SKIP_OTHER_LINE)


def _go_on(
    open_list: _List, place: Place, step: _Step, innermost: _List | None
) -> tuple[float, bool]:
    """The price of going on with `open_list`, and whether that breaks its sequence."""
    extra = 0.0
    if step.marker.setting is Setting.STACK and open_list is innermost and not step.restated:
        extra = _SAME_STYLE_INSIDE  # "(a)(b)" is seldom (a), empty, and then (b)
    if follows(open_list[1], place):
        return extra + _next_price(open_list, step), False
    if step.inline:
        return extra + _inline_break_price(open_list, place, step), True
    gap = _EXPLAINED if step.explained else _GAP
    if is_first(place):
        return extra + min(gap, _RESTART), True
    ahead = place[0] - open_list[1][0]
    missing = _PER_LABEL_MISSING * min(ahead, _COUNTED_MISSING)
    return extra + gap + (_BACKWARDS if ahead <= 0 else missing), True


def _next_price(open_list: _List, step: _Step) -> float:
    if not step.inline:
        return _NEXT_IN_OTHER_SETTING if open_list[2] else 0.0
    if open_list[2]:
        return _NEXT_INLINE
    if step.marker.setting is Setting.WORD:
        return _LINE_LIST_GOES_ON_AT_A_WORD
    return _NEXT_IN_OTHER_SETTING


def _inline_break_price(open_list: _List, place: Place, step: _Step) -> float:
    if is_first(place):
        return _RESTART_INLINE if open_list[2] else _NEVER
    ahead = place[0] - open_list[1][0]
    after_clause = step.marker.setting is Setting.CLAUSE and not open_list[2]
    if step.explained and after_clause and 0 < ahead <= _EXCERPT_GAP:
        return _EXPLAINED
    return _NEVER


def _open(place: Place, step: _Step, innermost: _List | None, *, seen: bool) -> tuple[float, bool]:
    """The price of opening a list below the innermost, and whether its first label is no first."""
    too_deep = innermost is not None and innermost[3] + 1 >= DEPTH_MAX
    if too_deep or (seen and step.marker.form not in _NESTING_FORMS):
        return _NEVER, False
    price = 0.0
    if seen:
        flush = step.marker.after_paragraph
        price = _SAME_STYLE_AFTER_PARAGRAPH if flush else _SAME_STYLE_INSIDE
    if place == FIRST:
        return price + (_OPEN_INLINE if step.inline else _OPEN_LINE), False
    if step.inline:
        return _NEVER, True
    if step.explained:
        return price + _EXPLAINED + _OPEN_LINE, False
    return price + _NOT_FIRST + _PER_LABEL_MISSING * min(place[0], _COUNTED_MISSING), True


def _last_places(marker: Marker, kind: str, place: Place) -> tuple[Place, ...]:
    """What the next label may follow: for a range `(4) to (6) Repealed`, (6), or (4) and (5).

    Wyoming prints "(ii) through (viii) Repealed" and gives (iii) anew to what comes next.
    """
    if marker.through is not None:
        for other_kind, other in readings(marker.through):
            if other_kind == kind and other > place:
                lowest = max(place[0], other[0] - _RANGE_KEPT)
                return tuple((ordinal, 0) for ordinal in range(other[0], lowest - 1, -1))
    return (place,)


def _choices(trail: _Trail | None, found: list[Marker]) -> list[Choice]:
    taken: list[Choice] = []
    while trail is not None:
        index, depth, opens, kind, place, breaks, inline, before = trail
        restates = kind == _RESTATED
        taken.append(Choice(found[index], depth, opens, kind, place, breaks, inline, restates))
        trail = before
    taken.reverse()
    return taken
