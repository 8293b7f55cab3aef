"""Checks: a statement and the law that it rests on give the faults of the statement."""

from __future__ import annotations

from pincite.verification.checks import check
from pincite.verification.grounds import Context, Readings
from pincite.verification.notes import NOTE_TEMPLATES, is_note, note

__all__ = ["NOTE_TEMPLATES", "Context", "Readings", "check", "is_note", "note"]
