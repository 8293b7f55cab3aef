"""An answer as one HTML file: no script, nothing loaded, notes at the end, fit to print."""

from __future__ import annotations

import base64
import hashlib
from html import escape
from typing import TYPE_CHECKING

from pincite.rendering.paper import clean, paper

if TYPE_CHECKING:
    from pincite.answer import Answer
    from pincite.rendering.paper import Authority, Chapter, Cite, Line, Note, Paper, Part

_STYLE = """
:root { color-scheme: light dark; --ink: #1b1b1b; --quiet: #555; --line: #ccc; --link: #0b4a8f;
  --page: #fff; --warn: #8a1c0a; }
@media (prefers-color-scheme: dark) { :root { --ink: #e6e4e0; --quiet: #b0aca6; --line: #555;
  --link: #9cc4f5; --page: #17181a; --warn: #ffb4a6; } }
html { background: var(--page); }
body { margin: 0 auto; padding: 2.5rem 1.25rem 4rem; max-width: 42rem; color: var(--ink);
  background: var(--page); font: 1.0625rem/1.6 Charter, "Iowan Old Style", Georgia, serif; }
h1 { font-size: 1.6rem; line-height: 1.25; margin: 0 0 .5rem; }
h2 { font-size: 1.2rem; line-height: 1.3; margin: 2.2rem 0 .5rem; }
h3 { font-size: 1rem; margin: 1.2rem 0 .3rem; }
a { color: var(--link); }
a:focus-visible { outline: 3px solid var(--link); outline-offset: 2px; }
ul, ol { padding-left: 1.4rem; }
li { margin: .5rem 0; }
.quiet, caption { font-weight: 400; color: var(--quiet); font-size: .9rem; text-align: left;
  margin: .15rem 0; }
.warning { border: 2px solid var(--warn); color: var(--warn); padding: .6rem .9rem; }
sup { line-height: 0; font-size: .75em; }
sup a { padding: 0 .15em; }
table { border-collapse: collapse; width: 100%; font-size: .93rem; margin: .5rem 0; }
th, td { text-align: left; vertical-align: top; padding: .35rem .7rem .35rem 0;
  border-bottom: 1px solid var(--line); }
.notes { font-size: .9rem; }
.notes p { margin: .1rem 0; }
dl { font-size: .85rem; color: var(--quiet); }
dt { font-weight: 600; }
dd { margin: 0 0 .3rem; overflow-wrap: anywhere; }
li:target { outline: 2px solid var(--link); outline-offset: 4px; }
@page { margin: 25mm 22mm; }
@media print {
  :root { --ink: #000; --quiet: #333; --line: #888; --link: #000; --page: #fff; --warn: #000; }
  body { max-width: none; padding: 0; font-size: 11pt; }
  h1, h2, h3 { break-after: avoid; }
  li, tr { break-inside: avoid; }
  .back { display: none; }
  table a[href^="http"]::after { content: " <" attr(href) ">"; overflow-wrap: anywhere; }
}
"""


def render_html(answer: Answer, *, warning: str = "") -> str:
    """The whole answer as one file, the same bytes for the same answer.

    `warning` is a sentence that must stand on it, if any.
    """
    return _page(paper(answer, warning=warning))


def _page(filed: Paper) -> str:
    # The one style sheet is allowed by its hash; nothing else is, whatever a text may hold.
    digest = base64.b64encode(hashlib.sha256(_STYLE.encode()).digest()).decode()
    policy = f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    lines = [
        "<!doctype html>",
        '<html lang="en-US">',
        "<head>",
        '<meta charset="utf-8">',
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        f"<title>{escape(filed.title)}</title>",
        f"<style>{_STYLE}</style>",
        "</head>",
        "<body>",
        *_head(filed),
        "<main>",
        *(line for part in filed.parts for line in _part(part)),
        *_authorities(filed),
        *_searched(filed),
        *_withheld(filed),
        *_notes(filed),
        "</main>",
        *_record(filed),
        "</body>",
        "</html>",
    ]
    return "\n".join(lines) + "\n"


def _head(filed: Paper) -> list[str]:
    lines = ["<header>", f"<h1>{escape(filed.title)}</h1>"]
    if filed.question != filed.title:
        lines.append(f"<p>{escape(filed.question)}</p>")
    lines += [f'<p class="quiet">{escape(line)}</p>' for line in filed.standing]
    if filed.warning:
        lines.append(f'<p class="warning"><strong>{escape(filed.warning)}</strong></p>')
    if filed.refusal:
        lines.append(f"<p><strong>No answer.</strong> {escape(filed.refusal)}</p>")
    if filed.choices:
        lines += ["<ul>", *(f"<li>{escape(choice)}</li>" for choice in filed.choices), "</ul>"]
    return [*lines, "</header>"]


def _part(part: Part) -> list[str]:
    lines = ["<section>", f"<h2>{escape(part.heading)}</h2>"]
    if part.listed:
        lines += ["<ul>", *(f"<li>{_line(line)}</li>" for line in part.lines), "</ul>"]
    else:
        lines.append(f"<p>{' '.join(_line(line) for line in part.lines)}</p>")
    return [*lines, "</section>"]


def _line(line: Line) -> str:
    text = escape(line.text, quote=False)
    shown = f"“{text}”" if line.quoted else text
    if line.note is None:
        return shown
    number = line.note.number
    return (
        f'{shown}<sup><a href="#note-{number}" id="ref-{number}" role="doc-noteref" '
        f'aria-label="Note {number}">{number}</a></sup>'
    )


def _authorities(filed: Paper) -> list[str]:
    if not filed.groups:
        return []
    lines = ["<section>", "<h2>Table of authorities</h2>"]
    for group in filed.groups:
        lines += [
            "<table>",
            f"<caption><strong>{escape(group.heading)}</strong></caption>",
            _heads("Authority", "Standing", "Notes"),
            "<tbody>",
            *(row for chapter in group.chapters for row in _chapter(chapter)),
            "</tbody>",
            "</table>",
        ]
    return [*lines, "</section>"]


def _heads(*names: str) -> str:
    cells = "".join(f'<th scope="col">{name}</th>' for name in names)
    return f"<thead><tr>{cells}</tr></thead>"


def _chapter(chapter: Chapter) -> list[str]:
    binds = f' <span class="quiet">{escape(chapter.applicability)}</span>'
    head = f'<tr><th colspan="3" scope="colgroup">{escape(chapter.name)}{binds}</th></tr>'
    return [head, *(_authority(item) for item in chapter.authorities)]


def _authority(item: Authority) -> str:
    cited = f"{_linked(item.citation, item.url)} [{escape(item.label)}]"
    under = ". ".join(one.rstrip(".") for one in (item.local_citation, item.heading) if one)
    notes = ", ".join(f'<a href="#note-{number}">{number}</a>' for number in item.notes)
    return (
        f'<tr><td>{cited}<br><span class="quiet">{escape(under)}</span></td>'
        f"<td>{escape(item.standing)}</td><td>{notes or 'whom it binds'}</td></tr>"
    )


def _searched(filed: Paper) -> list[str]:
    if not (filed.searched or filed.remarks):
        return []
    lines = ["<section>", "<h2>What was searched</h2>"]
    if filed.searched:
        lines += [
            "<table>",
            _heads("Code", "Sections", "Current through"),
            "<tbody>",
            *(
                "<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in row) + "</tr>"
                for row in filed.searched
            ),
            "</tbody>",
            "</table>",
        ]
    if filed.remarks:
        lines += ["<ul>", *(f"<li>{escape(line)}</li>" for line in filed.remarks), "</ul>"]
    return [*lines, "</section>"]


def _withheld(filed: Paper) -> list[str]:
    if not filed.withheld:
        return []
    lines = [
        "<section>",
        "<h2>Statements withheld</h2>",
        "<p>A check failed for each of these. They are no part of the answer.</p>",
        "<ul>",
    ]
    for item in filed.withheld:
        reasons = "".join(f'<br><span class="quiet">{escape(one)}</span>' for one in item.reasons)
        lines.append(f"<li>{escape(item.text)}{reasons}</li>")
    return [*lines, "</ul>", "</section>"]


def _notes(filed: Paper) -> list[str]:
    if not filed.notes:
        return []
    lines = ['<section class="notes" role="doc-endnotes">', "<h2>Notes</h2>", "<ol>"]
    for note in filed.notes:
        lines += [f'<li id="note-{note.number}">', *map(_cite, note.cites), _back(note), "</li>"]
    return [*lines, "</ol>", "</section>"]


def _cite(cite: Cite) -> str:
    quoted = " … ".join(f"<q>{escape(quote, quote=False)}</q>" for quote in cite.quotes)
    cited = _linked(cite.citation, cite.url)
    return f'<p>{cited} <span class="quiet">[{escape(cite.label)}]</span>: {quoted}</p>'


def _back(note: Note) -> str:
    number = note.number
    return (
        f'<p class="back"><a href="#ref-{number}" role="doc-backlink" '
        f'aria-label="Back to the text of note {number}">Back to the text</a></p>'
    )


def _linked(text: str, url: str | None) -> str:
    if url is None:
        return escape(text)
    return f'<a href="{escape(url)}" rel="noreferrer">{escape(text)}</a>'


def _record(filed: Paper) -> list[str]:
    pairs = (f"<dt>{escape(clean(k))}</dt><dd>{escape(v)}</dd>" for k, v in filed.record)
    return ["<footer>", "<h2>Record</h2>", "<dl>", *pairs, "</dl>", "</footer>"]
