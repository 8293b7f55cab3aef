"""Checks: a statement and the law that it rests on give the faults of the statement."""

from __future__ import annotations

from pincite.verification.checks import check
from pincite.verification.grounds import Context, Readings
from pincite.verification.notes import NOTE_TEMPLATES, is_note, note
from pincite.verification.saved import Finding, Verified, verify_answer

__all__ = [
    "NOTE_TEMPLATES",
    "Context",
    "Finding",
    "Readings",
    "Verified",
    "check",
    "is_note",
    "note",
    "verify_answer",
]
