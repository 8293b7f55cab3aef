"""The table of rules: each by name, with its severity and what it says."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pincite.finding import Severity
from pincite.library.lint import bodies, endings, naming, statuses, wording
from pincite.library.lint.outlines import broken_outline
from pincite.library.lint.standing import Habit, Rule

if TYPE_CHECKING:
    from collections.abc import Callable

    from pincite.library.lint.standing import Mark, Standing

SERIOUS, WARNING, NOTE = Severity.SERIOUS, Severity.WARNING, Severity.NOTE


def _rule(
    name: str, severity: Severity, check: Callable[[Standing], Mark | None], *, alone: bool = True
) -> Rule:
    return Rule(name, severity, (check.__doc__ or "").strip(), check, alone)


RULES: tuple[Rule, ...] = (
    _rule("citation-number", SERIOUS, naming.citation_number, alone=False),
    _rule("citation-heading", SERIOUS, naming.citation_heading),
    _rule("citation-form", NOTE, naming.unknown_form),
    _rule("numbering-gap", NOTE, naming.gap, alone=False),
    _rule("empty-text", SERIOUS, bodies.empty),
    _rule("doubled-row", WARNING, bodies.doubled_row, alone=False),
    _rule("doubled-text", WARNING, bodies.doubled_text, alone=False),
    _rule("repeated-body", WARNING, bodies.repeated_body),
    _rule("truncated-text", SERIOUS, endings.truncated),
    _rule("unfinished-text", WARNING, endings.unfinished),
    _rule("stray-heading", NOTE, endings.stray_heading),
    _rule("heading-in-text", NOTE, bodies.heading_in_body),
    _rule("other-section", SERIOUS, bodies.other_start),
    _rule("contents-as-text", SERIOUS, bodies.contents),
    _rule("merged-sections", SERIOUS, bodies.merged, alone=False),
    _rule("case-notes", WARNING, bodies.case_notes),
    _rule("site-words", SERIOUS, wording.boilerplate),
    _rule("damaged-letters", WARNING, wording.mojibake),
    _rule("markup", WARNING, wording.markup),
    _rule("lost-spaces", WARNING, wording.lost_spaces),
    _rule("glued-labels", NOTE, wording.glued_labels),
    _rule("gone-in-force", SERIOUS, statuses.gone_in_force),
    _rule("live-not-in-force", WARNING, statuses.live_not_in_force),
)
HABITS: tuple[Habit, ...] = tuple(
    Habit(name, severity, (ask.__doc__ or "").strip(), ask)
    for name, severity, ask in (
        ("row-id", WARNING, naming.row_names),
        ("hierarchy", WARNING, naming.hierarchy),
        ("link", SERIOUS, naming.link),
        ("no-heading", NOTE, naming.headless),
    )
)
CHOSEN: tuple[Rule, ...] = (_rule("broken-outline", NOTE, broken_outline),)
"""Rules that take long and run only when they are named."""

NAMES: tuple[str, ...] = tuple(rule.name for rule in (*RULES, *HABITS, *CHOSEN))
ABOUT: dict[str, str] = {rule.name: rule.about for rule in (*RULES, *HABITS, *CHOSEN)}
