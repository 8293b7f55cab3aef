"""Which candidate markers are subdivisions, and how deep: the cheapest reading of all of them.

Markers are read from left to right. A reading keeps the lists that are open, from the outermost
to the innermost; a marker goes on with one of them, opens a list below, or is left out, and each
has a price. The few cheapest readings are kept side by side, so that `(i)` after `(h)` is settled
by whether `(j)` or `(ii)` comes.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from pincite.law.outline_labels import Place, follows, is_first, readings
from pincite.law.outline_markers import Marker, Setting

DEPTH_MAX = 10
_WIDTH = 8
_NARROW_FROM = 4_000
_NARROW = 2

# Prices. A list inside a line is worth its opening only when a second label follows: a lone
# "(1)" in a sentence costs more to open than to leave out, and a pair costs less.
_OPEN_LINE = 1.0
_OPEN_INLINE = 1.5
_NEXT_INLINE = -0.7
_NEXT_IN_OTHER_SETTING = 0.3
_LINE_LIST_GOES_ON_AT_A_WORD = 2.5
_SKIP_INLINE = 0.6
_SKIP_LINE = 4.0
_SKIP_STACKED = 2.5
_SKIP_DOUBTFUL = 0.3
_DOUBTFUL = 4.0
_GAP = 5.0
_GAP_EXPLAINED = 1.5
_RESTART = 4.5
_RESTART_INLINE = 1.0
_SAME_STYLE_INSIDE = 2.0
_NOT_FIRST = 5.0

_Frame = tuple[str, Place, bool, int, Any]
"""An open list: style, last place, whether it runs inside lines, depth, the list around it."""
_Trail = tuple[int, int, bool, str, Place, bool, bool, Any]
"""Choices made, last first: marker, depth, opens, kind, place, breaks, inline, the ones before."""
_State = tuple[float, _Frame | None, _Trail | None]


@dataclass(frozen=True, slots=True)
class Choice:
    """A marker taken as a subdivision: how deep, whether it opens a list, whether it breaks one."""

    marker: Marker
    depth: int
    opens: bool
    kind: str
    place: Place
    breaks: bool
    inline: bool


def choose(found: list[Marker], explained: list[bool]) -> list[Choice]:
    """The markers that are subdivisions, in order.

    `explained[i]` says that the text before marker `i` tells why labels are missing there.
    """
    states: list[_State] = [(0.0, None, None)]
    width = _WIDTH if len(found) < _NARROW_FROM else _NARROW
    for index, marker in enumerate(found):
        best: dict[tuple[_Frame | None, bool], _State] = {}
        for state in states:
            for made in _steps(state, index, marker, found, gap_explained=explained[index]):
                key = (made[1], made[2] is not None and made[2][0] == index)
                if key not in best or made[0] < best[key][0]:
                    best[key] = made
        states = sorted(best.values(), key=_cost)[:width]
    return _choices(states[0][2], found)


def _cost(state: _State) -> float:
    return state[0]


def _steps(
    state: _State, index: int, marker: Marker, found: list[Marker], *, gap_explained: bool
) -> list[_State]:
    cost, frame, trail = state
    stacked = marker.setting is Setting.STACK
    onto = trail is not None and trail[0] == index - 1
    inline = marker.setting >= Setting.CLAUSE or (stacked and onto and bool(trail and trail[6]))
    steps: list[_State] = [(cost + _skip_price(marker, onto=onto), frame, trail)]
    if stacked and not onto:
        return steps
    base = cost + (_DOUBTFUL if marker.doubtful else 0.0)
    gap_price = _GAP_EXPLAINED if gap_explained else _GAP
    depth_now = frame[3] if frame else -1
    for kind, place in marker.readings:
        style = marker.form + kind
        last = _last_place(marker, kind, place)
        seen = False
        open_list = frame
        while open_list is not None:
            if open_list[0] == style:
                seen = True
                price, breaks = _go_on_price(open_list, place, marker, inline, gap_price)
                if stacked and open_list[3] == depth_now and place != open_list[1]:
                    price += _SAME_STYLE_INSIDE
                if price < 50:
                    frame_now = (style, last, open_list[2], open_list[3], open_list[4])
                    opens = breaks and is_first(place)
                    breaks = breaks and not gap_explained
                    step = (index, open_list[3], opens, kind, place, breaks, inline, trail)
                    steps.append((base + price, frame_now, step))
            open_list = open_list[4]
        if depth_now + 1 >= DEPTH_MAX:
            continue
        price, breaks = _open_price(place, inline=inline, seen=seen)
        if gap_explained and breaks:
            price, breaks = _GAP_EXPLAINED + _OPEN_LINE, False
        if price < 50:
            frame_now = (style, last, inline, depth_now + 1, frame)
            step = (index, depth_now + 1, True, kind, place, breaks, inline, trail)
            steps.append((base + price, frame_now, step))
    return steps


def _skip_price(marker: Marker, *, onto: bool) -> float:
    if marker.setting is Setting.STACK:
        return _SKIP_STACKED if onto else 0.0
    if marker.setting is not Setting.LINE:
        return _SKIP_INLINE
    if marker.doubtful:
        return _SKIP_DOUBTFUL
    label = marker.label
    odd = label.isalpha() and len(label) == 2 and label[0] != label[1]
    return _SKIP_DOUBTFUL if odd and len(marker.readings) == 1 else _SKIP_LINE


def _go_on_price(
    open_list: _Frame, place: Place, marker: Marker, inline: bool, gap_price: float
) -> tuple[float, bool]:
    """The price of going on with `open_list`, and whether that breaks its sequence."""
    if follows(open_list[1], place):
        if not inline:
            return (_NEXT_IN_OTHER_SETTING if open_list[2] else 0.0), False
        if open_list[2]:
            return _NEXT_INLINE, False
        at_word = marker.setting is Setting.WORD
        return (_LINE_LIST_GOES_ON_AT_A_WORD if at_word else _NEXT_IN_OTHER_SETTING), False
    if is_first(place):
        if inline:
            return (_RESTART_INLINE + _OPEN_INLINE if open_list[2] else 99.0), True
        return _RESTART, True
    if inline:
        return 99.0, True
    ahead = place[0] - open_list[1][0]
    return gap_price + (1.0 if ahead <= 0 else min(ahead, 10) * 0.1), True


def _open_price(place: Place, *, inline: bool, seen: bool) -> tuple[float, bool]:
    price = _SAME_STYLE_INSIDE if seen else 0.0
    if place == (1, 0):
        return price + (_OPEN_INLINE if inline else _OPEN_LINE), False
    if inline:
        return 99.0, True
    return price + _NOT_FIRST + min(place[0], 10) * 0.1, True


def _last_place(marker: Marker, kind: str, place: Place) -> Place:
    """The place of a range's last label, so that `(4) to (6) Repealed` is followed by (7)."""
    if marker.through is None:
        return place
    for other_kind, other in readings(marker.through):
        if other_kind == kind and other > place:
            return other
    return place


def _choices(trail: _Trail | None, found: list[Marker]) -> list[Choice]:
    taken: list[Choice] = []
    while trail is not None:
        index, depth, opens, kind, place, breaks, inline, before = trail
        taken.append(Choice(found[index], depth, opens, kind, place, breaks, inline))
        trail = before
    taken.reverse()
    return taken
