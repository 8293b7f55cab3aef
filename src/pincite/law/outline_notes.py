"""Where the history line or source note at the end of a text begins."""

from __future__ import annotations

import re

_YEAR = r"(?:18|19|20)\d\d"
_HEADED = re.compile(
    rf"""(?mx)^[ \t]*(?:
      [\[(]\s*(?:History|HISTORY|Source|SOURCE)\b
    | (?:HISTORY|History):
    | Source\s*(?=:|Laws|Initiative|R\.S|C\.S|G\.S|S\.L|SL|Comp|\()
    | \[\s*Statutory\ Authority
    | \[\s*{_YEAR}\s+(?:\d\w{{0,2}}\s+)?(?:ex\.?\s*s\.?|sp\.?\s*s\.?)?\s*c\s*\d  # Washington
    | \[\s*\(?\d+[-A-Z0-9.]*\)?,?\s+(?:added|as\ added|am\.|\(|{_YEAR})           # Idaho
    | \[\d+\ FR\ \d
    | \({_YEAR}\s+Rev\.,\s                                                      # Connecticut
    | \([^()\n]{{0,40}}P\.A\.\s\d\d
    | \(L\.\s{_YEAR}
    | \((?:Ga\.\ L\.|Code\ {_YEAR},)\s
    | (?:Code\ (?:1919|1950|1887|1942|1936)                                      # Virginia
      | {_YEAR}(?:,\ (?:Sp|Ex|1st|2nd|Acts)[^,\n]{{0,25}})?),[ ]+(?:§|cc?\.|Ex\.|Sp\.|p\.)
    )"""
)
_RUN_ON = re.compile(rf"(?<=[ \]\n])\[(?:L|am\ L|CC|PC|RL|C)\ {_YEAR},?\ ")
"""Hawaii's, which follows the last sentence on its line: `prejudice. [L 1972, c 9, pt of §1]`."""


def note_start(text: str, begin: int = 0) -> int:
    """The offset from `begin` on at which a source note begins; `len(text)` if there is none."""
    headed = _HEADED.search(text, begin)
    run_on = _RUN_ON.search(text, begin)
    starts = [len(text)]
    if headed is not None:
        starts.append(headed.end() - len(headed[0].lstrip()))
    if run_on is not None:
        starts.append(run_on.start())
    return min(starts)
