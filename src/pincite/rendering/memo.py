"""What checking a memo found, as text, Markdown and JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pincite.memo import MemoPart, Standing
from pincite.rendering.markdown import escaped
from pincite.rendering.page import Page
from pincite.rendering.section_wire import as_json
from pincite.rendering.words import shown

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pincite.memo import MemoCheck, MemoFinding

_LONGEST = 160  # characters of the memo that a finding shows

NAMES = {
    Standing.GOOD: "good",
    Standing.MISQUOTED: "misquoted",
    Standing.ELSEWHERE: "found elsewhere",
    Standing.NOT_FOUND: "not found",
    Standing.NO_SECTION: "no such section",
    Standing.NO_SUBDIVISION: "no such subdivision",
    Standing.REPEALED: "repealed",
    Standing.NOT_IN_FORCE: "not in force",
    Standing.NOT_INSTALLED: "not installed",
    Standing.AMBIGUOUS: "ambiguous",
    Standing.UNATTRIBUTED: "unattributed",
    Standing.DOUBTFUL: "doubtful",
    Standing.NOT_CHECKED: "not checked",
}


def memo_text(check: MemoCheck, *, width: int, colour: bool) -> str:
    """The verdict, each finding that somebody must look at, and how many there are of each."""
    page = Page(width, colour=colour)
    page.paragraph(shown(verdict(check)))
    for finding in _told(check):
        page.heading(shown(f"{finding.where}: {NAMES[finding.standing]}"))
        page.paragraph(shown(_quoted(finding)), indent=2)
        page.paragraph(shown(finding.message), indent=2)
        for line in _more(finding):
            page.paragraph(shown(line), indent=2)
    if check.findings:
        page.heading("All of it")
        for line in _counts(check):
            page.item(line)
    for note in check.notes:
        page.paragraph(shown(note))
    return page.text()


def memo_markdown(check: MemoCheck) -> str:
    lines = [f"# {escaped(check.name)}", "", escaped(verdict(check)), ""]
    for finding in _told(check):
        lines += [f"## {escaped(finding.where)}: {NAMES[finding.standing]}", ""]
        lines += [escaped(_quoted(finding)), "", escaped(finding.message), ""]
        if more := list(_more(finding)):
            lines += [*(f"- {escaped(line)}" for line in more), ""]
    if check.findings:
        lines += ["## All of it", "", *(f"- {escaped(line)}" for line in _counts(check)), ""]
    lines += [escaped(note) for note in check.notes]
    return "\n".join(lines).rstrip() + "\n"


def memo_json(check: MemoCheck) -> str:
    """Every finding, also the good ones, with all that is known of it."""
    return as_json(
        {
            "name": check.name,
            "as_of": check.as_of.isoformat(),
            "jurisdiction": check.jurisdiction,
            "holds": check.holds,
            "passages": check.passages,
            "notes": list(check.notes),
            "findings": [_finding(finding) for finding in check.findings],
        }
    )


def verdict(check: MemoCheck) -> str:
    """One sentence on the whole memo."""
    cited = check.count(MemoPart.CITATION)
    quoted = check.count(MemoPart.QUOTATION)
    counted = f"{_number(cited, 'citation')} and {_number(quoted, 'quotation')}"
    if not check.findings:
        return f"{check.name}: nothing is cited and nothing is quoted."
    bad = len(check.faulty)
    if not bad:
        return f"{check.name}: {counted}; none needs to be looked at."
    return f"{check.name}: {counted}; {bad} to look at."


def _number(count: int, word: str) -> str:
    return f"{count} {word}{'' if count == 1 else 's'}"


def _told(check: MemoCheck) -> list[MemoFinding]:
    return [one for one in check.findings if one.faulty or one.standing is Standing.DOUBTFUL]


def _quoted(finding: MemoFinding) -> str:
    line = " ".join(finding.text.split())
    line = line if len(line) <= _LONGEST else line[:_LONGEST].rsplit(" ", 1)[0] + " …"
    return f"“{line}”" if finding.part is MemoPart.QUOTATION else line


def _more(finding: MemoFinding) -> Iterator[str]:
    """What stands in the law, and what may be meant."""
    if finding.standing is Standing.MISQUOTED and finding.law:
        yield f"The law: {marked(finding)}"
    if finding.choices:
        yield f"It may be: {'; '.join(finding.choices)}"


def marked(finding: MemoFinding) -> str:
    """The law's words with what the memo has instead: `{+added+}` and `[-left out-]`."""
    law = finding.law
    out: list[str] = []
    at = 0
    for edit in finding.edits:
        out.append(law[at : edit.start])
        out.append(f"[-{edit.old}-]" if edit.old.strip() else edit.old)
        out.append(f"{{+{edit.new}+}}" if edit.new.strip() else "")
        at = edit.end
    out.append(law[at:])
    return " ".join("".join(out).split())


def _counts(check: MemoCheck) -> Iterator[str]:
    for part, word in ((MemoPart.CITATION, "citations"), (MemoPart.QUOTATION, "quotations")):
        counted = [
            f"{count} {NAMES[standing]}"
            for standing in Standing
            if (count := check.count(part, standing))
        ]
        if counted:
            yield f"{word}: {', '.join(counted)}"


def _finding(finding: MemoFinding) -> dict[str, object]:
    return {
        "part": finding.part.value,
        "standing": finding.standing.value,
        "where": finding.where,
        "passage": finding.passage,
        "start": finding.start,
        "end": finding.end,
        "text": finding.text,
        "message": finding.message,
        "citation": finding.citation,
        "section": finding.section,
        "law": finding.law,
        "told": finding.told,
        "edits": [
            {"start": edit.start, "end": edit.end, "law": edit.old, "memo": edit.new}
            for edit in finding.edits
        ],
        "places": [
            {
                "citation": place.citation,
                "section": place.section,
                "pinpoint": place.pinpoint,
                "start": place.start,
                "end": place.end,
                "text": place.text,
                "url": place.url,
            }
            for place in finding.places
        ],
        "choices": list(finding.choices),
    }
