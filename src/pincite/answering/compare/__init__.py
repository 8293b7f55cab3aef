"""Compare: one question in several jurisdictions, and the core facts of each answer."""

from pincite.answering.compare.asking import Asked, compare

__all__ = ["Asked", "compare"]
