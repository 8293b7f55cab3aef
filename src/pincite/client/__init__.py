"""A Pincite server from Python: the public API over HTTP, typed.

from pincite.client import Client

with Client("http://127.0.0.1:8000") as pincite:
    given = pincite.ask("How soon must a business give notice of a breach in Missouri?")
"""

from __future__ import annotations

from pincite.client.client import Client
from pincite.client.results import (
    AnswerGiven,
    Check,
    CheckFault,
    CitationFound,
    Hit,
    HitList,
    KeptAnswer,
    Law,
    LibraryList,
    Pack,
    Progress,
    SectionLine,
    StatementDraft,
    WatchKept,
)

__all__ = [
    "AnswerGiven",
    "Check",
    "CheckFault",
    "CitationFound",
    "Client",
    "Hit",
    "HitList",
    "KeptAnswer",
    "Law",
    "LibraryList",
    "Pack",
    "Progress",
    "SectionLine",
    "StatementDraft",
    "WatchKept",
]
