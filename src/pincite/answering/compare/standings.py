"""How each jurisdiction's fact stands to the others of its row."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from pincite.comparison import Standing

if TYPE_CHECKING:
    from collections.abc import Sequence

_ALONE = 1


def standings(values: Sequence[str | None], installed: Sequence[bool]) -> tuple[Standing, ...]:
    """One standing a cell. `None` is a jurisdiction in which the fact was not found.

    Equal values are the same. Most are those with the value that more have than any other; two
    at least.
    """
    have = [value for value in values if value is not None]
    searched = sum(installed)
    first, second = [*Counter(have).most_common(2), ("", 0), ("", 0)][:2]
    most = first[0] if first[1] > max(second[1], _ALONE) else None

    def standing(value: str | None, *, here: bool) -> Standing:
        if value is None:
            return Standing.NONE_FOUND if here else Standing.NOT_INSTALLED
        if len(have) == _ALONE:
            return Standing.ONLY_HERE if searched > _ALONE else Standing.SAME
        return Standing.SAME if value == most else Standing.DIFFERS

    return tuple(standing(value, here=here) for value, here in zip(values, installed, strict=True))
