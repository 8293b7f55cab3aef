"""Pinpoints: the labels after a section's number, read and printed as each code writes them."""

from __future__ import annotations

import re

# A label in parentheses: (a), (ag), (12), (2.5), (a-1), (iv). Four digits are an edition's year.
_LABEL = re.compile(
    r"\((\d{1,3}(?:\.\d{1,2})?[A-Za-z]{0,2}(?:[-–]\d+)?|[ivxlIVXL]{1,7}"
    r"|([A-Za-z])\2{0,3}(?:[-–.]?\d{1,2})?|[a-z]{2})\)"
)
# After a space two letters may be a word in parentheses: "§ 5 (or", "§ 5 (as amended".
_SPACED = re.compile(r"\s(?=\((?:\d{1,3}[a-z]?|[ivxIVX]{1,5}|([A-Za-z])\1?)\))")
_WORD = re.compile(
    r",?\s*(?:\b(?:subdivisions?|subdivs?\.?|subds?\.|subparts?|subps?\.|subsections?|subsecs?\."
    r"|sub-§|paragraphs?|paras?\.|pars?\.|clauses?|cls?\.|items?|subitems?|subparagraphs?)|¶)\s*",
    re.IGNORECASE,
)
_BARE = re.compile(r"(\d{1,3}[a-z]?|[A-Za-z]{1,2})(?![\w-])")
_MISSOURI = re.compile(r"\.(\d{1,2}[a-z]?)(?=[(\s,;.:)\]]|$)")
_ROMAN = re.compile(r",\s([IVX]{1,5}(?:-[a-z])?)(?=[(\s,;.]|$)")
_DOTTED = re.compile(r"(?:\s?(\d{1,2}|[A-Za-z])\.(?![\d.])|(\d{1,2}|[A-Za-z])(?=[\s,;)]|$))")
# Styles whose first level is written bare where it is a number, and the word before it.
_NUMBERED = {"missouri": "", "subd.": "subd. ", "subp.": "subp. "}
_RANGE = re.compile(r"\s?(?:[-–]|to|through)\s?(?=\(|\.\d)")
_BEFORE = re.compile(
    r"(?:\b(?:subdivision|subd\.|subsection|paragraph|subparagraph|clause|item|subpart|part)s?)\s+"
    r"((?:\(\w{1,5}\))+|\d{1,3}[a-z]?|[A-Z])\s*,?\s+of\s+$",
    re.IGNORECASE,
)


def read(text: str, start: int, style: str) -> tuple[tuple[str, ...], int]:
    """The labels that stand at `start`, and where they end; `((), start)` where there are none."""
    path: list[str] = []
    at = start
    bare = {"missouri": _MISSOURI, "bare-first": _ROMAN}.get(style)
    if bare is not None and (first := bare.match(text, at)):
        path.append(first[1])
        at = first.end()
    while (step := _next_label(text, at, style, depth=len(path))) is not None:
        path.append(step[0])
        at = step[1]
    if path and (more := _RANGE.match(text, at)) and (last := _last_label(text, more.end(), style)):
        # "(a)-(d)" is neither (a) nor (d) but what holds both.
        path.pop()
        at = last.end()
    return tuple(path), at


def _last_label(text: str, at: int, style: str) -> re.Match[str] | None:
    return _LABEL.match(text, at) or (_MISSOURI.match(text, at) if style == "missouri" else None)


def _next_label(text: str, at: int, style: str, *, depth: int) -> tuple[str, int] | None:
    match = _LABEL.match(text, at)
    if match is None and (space := _SPACED.match(text, at)):
        match = _LABEL.match(text, space.end())
    if match is None and (word := _WORD.match(text, at)):
        match = _LABEL.match(text, word.end()) or _BARE.match(text, word.end())
    if match is None and style.startswith("dotted") and depth >= _depth(style):
        match = _DOTTED.match(text, at)
        return match and (match[1] or match[2], match.end())
    return match and (match[1], match.end())


def read_before(text: str, start: int) -> tuple[tuple[str, ...], int]:
    """The labels of "subdivision (d) of" that stand right before `start`, and where they begin."""
    path: list[str] = []
    at = start
    while match := _BEFORE.search(text, max(0, at - 60), at):
        # Read from the number outwards: "paragraph (1) of subdivision (d) of section 5" is (d)(1).
        path += re.findall(r"\w+", match[1])
        at = match.start()
    return tuple(path), at


def printed(style: str, path: tuple[str, ...], markers: tuple[str, ...] = ()) -> str:
    """What goes after the citation, without the punctuation that joins it: `2(1)(a)`, `subd. 1(a)`.

    `markers` are the labels as the section's text has them (`1.`, `(1)`); they settle what the
    path alone cannot: whether a first level is written bare.
    """
    if not path:
        return ""
    if style.startswith("dotted"):
        return _dotted(_depth(style), path, markers)
    first, rest = path[0], "".join(f"({label})" for label in path[1:])
    in_parentheses = bool(markers) and markers[0].lstrip().startswith("(")
    if style in _NUMBERED and first[0].isdigit() and not in_parentheses:
        return f"{_NUMBERED[style]}{first}{rest}"
    if style == "california":
        return f"subd. ({first}){rest}"
    return f"{first}{rest}" if style == "bare-first" else f"({first}){rest}"


def _dotted(depth: int, path: tuple[str, ...], markers: tuple[str, ...]) -> str:
    """Labels in parentheses down to `depth`, then `1.a.`, unless the text has them otherwise."""
    out: list[str] = []
    for level, label in enumerate(path):
        as_printed = markers[level].strip() if level < len(markers) else ""
        bare = not as_printed.startswith("(") if as_printed else level >= depth
        out.append(f"{label}." if bare else f"({label})")
    return "".join(out)


def joined(style: str, path: tuple[str, ...], markers: tuple[str, ...] = ()) -> str:
    """The pinpoint with what joins it to the number: `.2(1)`, `, subd. 1(a)`, `(b)`."""
    text = printed(style, path, markers)
    if not text or text.startswith("("):
        return text
    return f".{text}" if style == "missouri" else f", {text}"


def _depth(style: str) -> int:
    return int(style.removeprefix("dotted-after-"))
