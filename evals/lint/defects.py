"""Defects of law data, planted by program into real rows: one function a sort."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from hashlib import sha256
from itertools import pairwise
from typing import TYPE_CHECKING

from pincite.law.outline import outline
from pincite.law.outline_notes import note_start
from pincite.law.section import Section, Status

if TYPE_CHECKING:
    from collections.abc import Callable
    from random import Random

Rows = list[tuple[Section, str]]
"""Sections, each with the number that the pack gives it beside the citation."""


@dataclass(frozen=True, slots=True)
class Defect:
    """A sort of defect: `plant` changes the rows at a place and returns where it shows, or None."""

    name: str
    rules: frozenset[str]
    plant: Callable[[Rows, int, Random], int | None]


def with_text(section: Section, text: str, **more: object) -> Section:
    digest = sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
    return replace(section, text=text, text_sha256=digest, **more)  # type: ignore[arg-type]


def _put(rows: Rows, at: int, text: str, **more: object) -> int:
    section, given = rows[at]
    rows[at] = with_text(section, text, **more), given
    return at


def _live(rows: Rows, at: int, least: int = 200) -> Section | None:
    section = rows[at][0]
    good = section.status is Status.IN_FORCE and len(section.text) >= least and section.number
    return section if good else None


def _next(rows: Rows, at: int) -> Section | None:
    other = rows[at + 1][0] if at + 1 < len(rows) else None
    return other if other is not None and other.number != rows[at][0].number else None


def _heading(section: Section) -> str:
    """The heading; in a pack without headings, words of the text that could be one."""
    bare = re.sub(r"(?:\(\w+\)|\W)+", " ", section.text[:300])
    return section.heading.strip() or " ".join(bare.split()[:5]).capitalize()


def number(rows: Rows, at: int, _: Random) -> int | None:
    section, other = _live(rows, at), _next(rows, at)
    if section is None or other is None or not other.number:
        return None
    rows[at] = section, other.number
    return at


def heading(rows: Rows, at: int, rng: Random) -> int | None:
    section, other = _live(rows, at), _next(rows, at)
    if section is None or other is None:
        return None
    form = rng.choice(["§ {n}. {h}", "{n} {h}", "Sec. {n}. {h}", "{n}. {h}"])
    if not re.search(r"[-.:]", other.number):
        form = "§ {n}. {h}"
    title = _heading(other)
    title = title[:1].upper() + title[1:]
    return _put(rows, at, section.text, heading=form.format(n=other.number, h=title))


def hierarchy(rows: Rows, at: int, rng: Random) -> int | None:
    section = _live(rows, at)
    others = [row for row, _ in rows if row.hierarchy[1:2] != rows[at][0].hierarchy[1:2]]
    if section is None or not others or len(section.hierarchy) < 2:
        return None
    rows[at] = replace(section, hierarchy=rng.choice(others).hierarchy), rows[at][1]
    return at


def link(rows: Rows, at: int, rng: Random) -> int | None:
    section = _live(rows, at)
    others = [row.url for row, _ in rows if row.url and row.number != rows[at][0].number]
    if section is None or not section.url or not others:
        return None
    rows[at] = replace(section, url=rng.choice(others)), rows[at][1]
    return at


SITE = (
    "Justia US Law > US Codes and Statutes > Statutes",
    "Previous\n\nNext",
    "« Prev | Up | Next »",
    "Skip to main content",
    "There is a newer version of this Code.",
    "Disclaimer: These codes may not be the most recent version. Please check official sources.",
    "Subscribe to our free newsletter to get the latest legal news.",
    "Sign up for our daily newsletters",
    "Find a Lawyer",
    "Our experienced employment attorneys can help you with your case.",
    "Call us today for a free consultation",
    "Copyright © 2024 by Thomson Reuters. All rights reserved.",
    "© 2025 LegalSite, Inc.",
    "This site uses cookies. Accept all cookies",
    "Please enable JavaScript to view this page.",
    "This site is protected by reCAPTCHA and the Google Terms of Service apply.",
    "Share this section on Facebook",
    "Follow us on Twitter",
    "Home | Statutes | Contact Us | Site Map",
    "Terms of Service · Privacy Policy",
    "Advertisement",
    "Print this page",
    "Download PDF",
    "Read this complete section on FindLaw",
    "Universal Citation: XX Code § 1 (2024)",
    "Need help? Contact an experienced business attorney today.",
    "Back to top",
    "https://www.legis.example.gov/code/section/print",
    "3/14/25, 9:41 AM Statutes viewer",
    "Search this site",
)


def site(rows: Rows, at: int, rng: Random) -> int | None:
    section = _live(rows, at)
    if section is None:
        return None
    words = rng.choice(SITE)
    places = [m.start() for m in re.finditer(r"\n\n?", section.text)]
    where = rng.choice([0, len(section.text), rng.choice(places) if places else 0])
    text = f"{section.text[:where].rstrip()}\n\n{words}\n\n{section.text[where:].lstrip()}".strip()
    return _put(rows, at, text)


def empty(rows: Rows, at: int, rng: Random) -> int | None:
    section = _live(rows, at)
    if section is None:
        return None
    forms = ["", " \n\n ", section.number, f"§ {section.number}."]
    if section.heading:
        forms += [section.heading, f"{section.number}. {section.heading}"]
    return _put(rows, at, rng.choice(forms))


def doubled(rows: Rows, at: int, rng: Random) -> int | None:
    section, other = _live(rows, at), _next(rows, at)
    if section is None or other is None or section.document != other.document:
        return None
    if rng.random() < 0.5:
        rows.insert(at + 1, rows[at])
        return at
    if (
        section.heading and section.heading == other.heading
    ) or other.status is not Status.IN_FORCE:
        return None
    return _put(rows, at + 1, section.text)


def body_twice(rows: Rows, at: int, rng: Random) -> int | None:
    section = _live(rows, at)
    if section is None:
        return None
    return _put(rows, at, section.text.rstrip() + rng.choice(["\n\n", "\n", " "]) + section.text)


def truncated(rows: Rows, at: int, rng: Random) -> int | None:
    section = _live(rows, at, 300)
    if section is None:
        return None
    length = note_start(section.text)
    cuts = [
        m.start()
        for m in re.finditer(r"(?<=\w)\s+(?=[a-z])", section.text[:length])
        if 0.2 < m.start() / length < 0.9
    ]
    return _put(rows, at, section.text[: rng.choice(cuts)]) if cuts else None


def merged(rows: Rows, at: int, rng: Random) -> int | None:
    section, other = _live(rows, at), _next(rows, at)
    if section is None or other is None or len(other.text) < 150:
        return None
    form = rng.choice(["{n}. {h}\n{t}", "§ {n}. {h}.\n\n{t}", "{t}", "Section {n} - {h}\n\n{t}"])
    if not re.search(r"[-.:]", other.number) and form.startswith("{n}"):
        form = "{t}"
    more = form.format(n=other.number, h=_heading(other), t=other.text)
    return _put(rows, at, f"{section.text.rstrip()}\n\n{more}")


def other_start(rows: Rows, at: int, rng: Random) -> int | None:
    section = _live(rows, at)
    far = rng.choice(rows)[0]
    if section is None or far.number == section.number or len(far.text) < 150 or not far.number:
        return None
    if len(re.findall(r"\w+", far.number)) != len(re.findall(r"\w+", section.number)):
        return None
    title = _heading(far)
    form = rng.choice(["§ {n}. {h}. {t}", "§ {n} {h}\n\n{t}", "Section {n} - {h}\n{t}"])
    text = form.format(n=far.number, h=title[:1].upper() + title[1:], t=far.text)
    return _put(rows, at, text)


def contents(rows: Rows, at: int, rng: Random) -> int | None:
    section = _live(rows, at)
    those = [row for row, _ in rows[at + 1 : at + rng.randint(5, 13)]]
    prefix = re.split(r"[-.:]", rows[at][0].number)[0]
    bare = not re.search(r"[-.:]", rows[at][0].number)
    if section is None or len(those) < 4:
        return None
    if not bare and any(re.split(r"[-.:]", row.number)[0] != prefix for row in those):
        return None
    if len({len(re.findall(r"\w+", row.number)) for row in (section, *those)}) > 1:
        return None
    forms = ["§ {n}. {h}\n", "Section {n} - {h}.", "§ {n}. {h}"]
    form = rng.choice(forms if bare else [*forms, "{n} {h}\n", "{n}. {h}.\n"])
    lines = []
    for row in those:
        title = _heading(row)[:90]
        lines.append(form.format(n=row.number, h=title[:1].upper() + title[1:]))
    return _put(rows, at, "".join(lines))


def outline_broken(rows: Rows, at: int, rng: Random) -> int | None:
    section = _live(rows, at)
    if section is None:
        return None
    tree = outline(section.text)
    roots = [unit for unit in tree.roots if unit.sure]
    if tree.breaks or len(roots) < 5 or len(roots) != len(tree.roots):
        return None
    lost = roots[rng.randrange(1, len(roots) - 2)]
    return _put(rows, at, section.text[: lost.start] + section.text[lost.end :])


def spaces(rows: Rows, at: int, rng: Random) -> int | None:
    section = _live(rows, at)
    if section is None:
        return None
    text = section.text
    ways = (
        (r"(?<=[a-z]{2}[,;]) (?=[a-z]{3,})", ""),
        (r"(?<=[a-z]{3}\.) (?=[A-Z][a-z]+ )", ""),
        (r"(?<=[a-z]) (?=[\"“][a-z]+)|(?<=[a-z][\"”]) (?=[a-z]{2})", ""),
        (r"\b(of|to|in|by|for|under) (the|this) ", r"\1\2 "),
        (r"\b([a-z]{3,}) (shall) ([a-z]{3,}) ([a-z]{2,}) (the|an?|any) ", r"\1\2\3\4\5 "),
    )
    pattern, into = rng.choice(ways)
    new, count = re.subn(pattern, into, text, count=rng.randint(1, 4))
    return _put(rows, at, new) if count else None


def letters(rows: Rows, at: int, rng: Random) -> int | None:
    section = _live(rows, at)
    if section is None:
        return None
    spot = rng.choice([m.start() for m in re.finditer(" ", section.text)])
    sign = rng.choice("“”’—§é–ñ")
    coding = rng.choice(["cp1252", "latin-1"])
    try:
        wrong = rng.choice([sign.encode().decode(coding), "\ufffd"])
    except UnicodeDecodeError:
        wrong = "\ufffd"
    return _put(rows, at, f"{section.text[:spot]} {wrong}{section.text[spot + 1 :]}")


def markup(rows: Rows, at: int, rng: Random) -> int | None:
    section = _live(rows, at)
    if section is None:
        return None
    spot = rng.choice([m.start() for m in re.finditer(" ", section.text)])
    wrong = rng.choice(
        [
            "&nbsp;",
            "&amp;",
            "<br/>",
            "<p>",
            '<a href="/code/1">',
            "</span>",
            "&#167;",
            "&ldquo;",
            "<td>",
        ]
    )
    return _put(rows, at, f"{section.text[:spot]}{wrong}{section.text[spot + 1 :]}")


def gone(rows: Rows, at: int, rng: Random) -> int | None:
    section = _live(rows, at)
    if section is None:
        return None
    texts = (
        "Repealed by Laws 2009, ch. 14, § 3.",
        "[Repealed.]",
        "[Reserved]",
        "Reserved.",
        f"§ {section.number}. Repealed. Acts 2011, c. 7.",
        "Expired.",
        "Renumbered as another section by Laws 2015, ch. 2.",
        "Omitted.",
        "(Repealed by P.L. 2003, No. 44.)",
        "This section was repealed by Act 12 of 2018.",
        "Transferred.",
        "Obsolete.",
    )
    if rng.random() < 0.3:
        return _put(rows, at, f"Laws 1951, ch. {rng.randint(2, 90)}.", heading="[Repealed]")
    return _put(rows, at, rng.choice(texts))


def live(rows: Rows, at: int, rng: Random) -> int | None:
    section = _live(rows, at, 400)
    if section is None or section.text.count(" shall ") < 2:
        return None
    status = rng.choice([Status.REPEALED, Status.EXPIRED, Status.RESERVED, Status.OMITTED])
    return _put(rows, at, section.text, status=status)


def gap(rows: Rows, at: int, _: Random) -> int | None:
    """Take out a row from a run of numbers that goes step by step, as dense codes do."""
    run = [rows[i][0].number for i in range(at - 3, at + 3) if 0 <= i < len(rows)]
    tails = [re.fullmatch(r"(.*?)(\d+)", one) for one in run]
    if len(run) < 6 or any(tail is None for tail in tails):
        return None
    values = [(tail[1], int(tail[2])) for tail in tails if tail is not None]
    steps = {b[1] - a[1] for a, b in pairwise(values)}
    if len({stem for stem, _ in values}) > 1 or steps not in ({1}, {10}):
        return None
    del rows[at]
    return at


def _defect(name: str, plant: Callable[[Rows, int, Random], int | None], *rules: str) -> Defect:
    return Defect(name, frozenset(rules), plant)


DEFECTS = (
    _defect("number is not the citation's", number, "citation-number"),
    _defect("heading of another section", heading, "citation-heading"),
    _defect("under another title", hierarchy, "hierarchy"),
    _defect("link to another section", link, "link"),
    _defect("words of a site", site, "site-words"),
    _defect("empty text", empty, "empty-text"),
    _defect("row or text doubled", doubled, "doubled-row", "doubled-text"),
    _defect("body twice", body_twice, "repeated-body"),
    _defect("text cut short", truncated, "truncated-text", "unfinished-text"),
    _defect("next section merged in", merged, "merged-sections"),
    _defect("another section's text", other_start, "other-section"),
    _defect("table of contents as text", contents, "contents-as-text"),
    _defect("subdivision lost", outline_broken, "broken-outline"),
    _defect("spaces lost", spaces, "lost-spaces"),
    _defect("letters damaged", letters, "damaged-letters"),
    _defect("mark-up left in", markup, "markup"),
    _defect("gone, told in force", gone, "gone-in-force"),
    _defect("live, told repealed", live, "live-not-in-force"),
    _defect("row missing", gap, "numbering-gap"),
)
