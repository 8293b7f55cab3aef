"""What is installed: law by version, in SQLite, the one source of truth."""

from __future__ import annotations

from pincite.library.read import InstalledPack, Library, Neighbours
from pincite.library.rows import SectionLine

__all__ = ["InstalledPack", "Library", "Neighbours", "SectionLine"]
