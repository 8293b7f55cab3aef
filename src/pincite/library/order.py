"""Where sections stand in their pack: places that stay when others come and go."""

from __future__ import annotations

# Between two neighbours a thousand new sections have room before a neighbour must move.
_STEP = 1 / 1024


class Order:
    """Gives rising positions, in the order of the file, and leaves as many as it can alone.

    If one row came first and every later one had to move, an update would write the whole pack.
    """

    def __init__(self, highest: float) -> None:
        self._highest, self._last = highest, 0.0

    def of(self, stored: float | None) -> float:
        """The position of the next section; `stored` is the one that it had, if it was there."""
        if stored is not None and stored > self._last:
            self._last = stored
        elif self._last >= self._highest:
            self._last = float(int(self._last) + 1)
        else:
            self._last += _STEP
        return self._last
