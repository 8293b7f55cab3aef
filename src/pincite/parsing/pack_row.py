"""One row of a pack, as read: the columns that count, and what was left out and why."""

from __future__ import annotations

from dataclasses import dataclass, field
from hashlib import blake2b
from typing import TYPE_CHECKING

from pincite.law.pages import pages_text

if TYPE_CHECKING:
    from datetime import date

    from pincite.law.pages import Pages
    from pincite.law.section import Kind, Status

# Goes up when what is derived from a row changes, so that an update derives every row again.
READING = "1"


@dataclass(frozen=True, slots=True, kw_only=True)
class PackRow:
    """A section as the pack's columns have it; long sections are already joined.

    `row` counts from 1, and is the first of a joined section's rows.
    """

    row: int
    jurisdiction: str
    kind: Kind
    citation: str
    text: str
    act_id: str = ""
    number: str = ""
    heading: str = ""
    title: str = ""
    title_name: str = ""
    chapter: str = ""
    chapter_name: str = ""
    part: str = ""
    part_name: str = ""
    breadcrumb: str = ""
    status: Status
    effective: date | None = None
    source_note: str = ""
    current_through: str = ""
    url: str = ""
    pages: Pages = ()

    @property
    def fingerprint(self) -> bytes:
        """Equal when nothing of the row but its place and its currency has changed."""
        digest = blake2b(READING.encode(), digest_size=16)
        digest.update(
            "\x1f".join(
                (
                    self.jurisdiction,
                    self.kind,
                    self.citation,
                    self.act_id,
                    self.number,
                    self.heading,
                    self.title,
                    self.title_name,
                    self.chapter,
                    self.chapter_name,
                    self.part,
                    self.part_name,
                    self.breadcrumb,
                    self.status,
                    str(self.effective),
                    self.source_note,
                    self.url,
                    self.text,
                )
            ).encode("utf-8")
        )
        # Law without pages has the fingerprint that it had before there were any.
        if self.pages:
            digest.update(f"\x1f{pages_text(self.pages)}".encode())
        return digest.digest()


@dataclass(frozen=True, slots=True)
class Skipped:
    """A row that was not taken, and why."""

    row: int
    citation: str
    reason: str


@dataclass(slots=True)
class Skips:
    """How many rows were not taken, by reason, with the first few of each to show."""

    counts: dict[str, int] = field(default_factory=dict)
    examples: list[Skipped] = field(default_factory=list)

    def add(self, skipped: Skipped) -> None:
        seen = self.counts.get(skipped.reason, 0)
        self.counts[skipped.reason] = seen + 1
        if seen < 3:  # noqa: PLR2004 -- enough to find the rows by
            self.examples.append(skipped)

    @property
    def total(self) -> int:
        return sum(self.counts.values())
