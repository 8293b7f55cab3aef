"""The rule on outlines: labels that do not follow each other."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pincite.law.outline import outline
from pincite.law.section import Status
from pincite.library.lint.standing import Mark

if TYPE_CHECKING:
    from pincite.library.lint.standing import Standing


def broken_outline(standing: Standing) -> Mark | None:
    """Labels of subdivisions do not follow each other: one is missing, doubled or out of place."""
    section = standing.section
    if section.status is not Status.IN_FORCE or (
        "(" not in section.text and "." not in section.text
    ):
        return None
    breaks = outline(section.text).breaks
    if not breaks:
        return None
    return Mark("the labels do not follow each other", breaks[0][:160], count=len(breaks))
