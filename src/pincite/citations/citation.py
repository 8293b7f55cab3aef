"""What a citation is: a section of a code, perhaps a range of sections or one subdivision."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

from pincite.citations.load import code_form
from pincite.citations.number import to_segments
from pincite.law.identifiers import escape

Unit = Literal["section", "chapter", "part"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Citation:
    """A place in the law, as far as its words tell; whether the place exists is another question.

    `number` is the section's number as printed, with plain hyphens and no brackets. `title` is
    what the number counts within where a code numbers its titles or chapters apart (`15` in
    15 U.S.C. § 6801, `93H` in G.L. c. 93H, § 3), else empty. `path` is the pinpoint, outermost
    label first. `through` is the last section of a range. `unit` tells a chapter or a part from a
    section of the same number. `sure` is false where a pack's citation fits no form of its
    jurisdiction and was taken as it stands.
    """

    jurisdiction: str
    code: str
    number: str
    title: str = ""
    path: tuple[str, ...] = ()
    through: str | None = None
    unit: Unit = "section"
    sure: bool = True

    @property
    def id(self) -> str:
        """The section's identifier, without the pinpoint."""
        form = code_form(self.jurisdiction, self.code)
        template = "s{n}" if form is None else form.id
        where = f"/{self.jurisdiction}/{self.code}/"
        return where + to_segments(template, self.title, self.number, self.through, self.unit)

    @property
    def full_id(self) -> str:
        """The identifier with the pinpoint."""
        return self.id + "".join(f"/{escape(label)}" for label in self.path)

    @property
    def section(self) -> Citation:
        """The same section without the pinpoint."""
        return replace(self, path=()) if self.path else self


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A citation in a text: `text[start:end]` is what names it."""

    start: int
    end: int
    citation: Citation
