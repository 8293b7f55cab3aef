"""Saved comparisons: the JSON of each, as it was shown."""

from __future__ import annotations

from pincite.library.kept import SavedBodies


class SavedComparisons(SavedBodies):
    """The comparisons of one workspace, kept beside its answers."""

    _table = "comparisons"
