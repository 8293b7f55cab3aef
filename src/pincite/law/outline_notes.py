"""Where the history line or source note at the end of a text begins."""

from __future__ import annotations

import re

_NOTE = re.compile(
    r"""(?mx)
      ^[ \t]*(?:
        \[\s*(?:History|HISTORY|Source|SOURCE|Statutory\ Authority)\b
      | \(History:
      | HISTORY:
      | History:
      | Source\s*(?=:|Laws|Initiative|R\.S|C\.S|G\.S|S\.L|SL|Comp|\()
      | \[\s*\d{4}\s+(?:\d\w{0,2}\s+)?(?:ex\.?\s*s\.?|sp\.?\s*s\.?)?\s*c\s*\d
      | \[\s*\d+[-A-Z0-9.]*,\s+(?:added|as\ added|am\.|\()
      | \[Statutory\ Authority
      | \((?:19|20)\d\d\s+Rev\.,\s
      | \([^()\n]{0,40}P\.A\.\s\d\d
      | \(L\.\s(?:18|19|20)\d\d
      | (?:Code\ (?:1919|1950|1887|1942|1936)|(?:18|19|20)\d\d(?:,\ (?:Sp|Ex|Sp\.\ Sess|1st|2nd)[^,\n]{0,25})?),\ +
        (?:§|cc?\.|Ex\.|Sp\.|p\.|\ )
      )
    | \[(?:L|am\ L|CC|PC|RL|C)\ (?:18|19|20)\d\d,?\ 
    """
)


def note_start(text: str) -> int:
    """The offset at which the trailing source note begins; `len(text)` if there is none."""
    match = _NOTE.search(text)
    return len(text) if match is None else match.start() + (match[0].startswith("\n"))
