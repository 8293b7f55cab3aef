"""A memo held against the installed law: its citations, its quotations, and which go together."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from pincite.memo import MemoCheck
from pincite.verification.memo.judging import Reader
from pincite.verification.memo.mentions import cited_spans, home_of, mentions
from pincite.verification.memo.quotations import block_quotation, quotations
from pincite.verification.memo.tying import Ties
from pincite.verification.memo.verdicts import Verdicts

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from pincite.memo import MemoFinding
    from pincite.parsing.memo_passages import Passage
    from pincite.verification.memo.law import MemoLaw
    from pincite.verification.memo.quotations import Quotation

__all__ = ["check_memo"]

# What is quoted is hidden from the search for citations. A letter, since names of codes are found
# among words with all signs left out; one that no citation has.
_HIDDEN = "ø"
# One character for one, so that offsets stay: hyphens and spaces that do not break a line.
_PLAIN = str.maketrans("\u2010\u2011\u2012\u00a0\u202f\u2007\u2009\t\n", "---      ")
_EXHAUSTED = (
    "So many quotations are not where they are said to be that the last ones were not looked for "
    "elsewhere."
)


def check_memo(
    passages: Sequence[Passage],
    law: MemoLaw,
    *,
    name: str,
    as_of: date,
    jurisdiction: str | None = None,
) -> MemoCheck:
    """Every citation and quotation of the memo, in its order, each with what is found of it.

    `jurisdiction` says whose law a bare number is; without it, that of the one state whose law
    the memo cites.
    """
    home = home_of(passages, jurisdiction)
    quoted = tuple(_quotations(passages, home))
    cited = mentions(_hidden(passages, quoted), home)
    verdicts = Verdicts(Reader(law), passages, home)
    found: list[MemoFinding] = []
    for mention in cited:
        finding = verdicts.citation(mention)
        found += [finding] if finding is not None else []
    ties = Ties(passages, cited)
    found += [verdicts.quotation(one, ties.tie(one)) for one in quoted]
    notes = (_EXHAUSTED,) if verdicts.exhausted else ()
    return MemoCheck(
        name=name,
        as_of=as_of,
        jurisdiction=home,
        passages=len(passages),
        findings=tuple(sorted(found, key=lambda one: (one.passage, one.start, one.end))),
        notes=notes,
    )


def _quotations(passages: Sequence[Passage], home: str | None) -> list[Quotation]:
    found: list[Quotation] = []
    for number, passage in enumerate(passages):
        block = None
        if passage.block:
            block = block_quotation(number, passage, cited_spans(passage.text, home))
        found += [block] if block is not None else quotations(number, passage)
    return found


def _hidden(passages: Sequence[Passage], quoted: Sequence[Quotation]) -> tuple[Passage, ...]:
    """The passages with every quotation hidden: its citations are the law's own."""
    spans: dict[int, list[Quotation]] = {}
    for one in quoted:
        spans.setdefault(one.passage, []).append(one)
    out: list[Passage] = []
    for number, passage in enumerate(passages):
        pieces: list[str] = []
        at = 0
        for one in spans.get(number, ()):
            pieces += [passage.text[at : one.start], _HIDDEN * (one.end - one.start)]
            at = one.end
        text = "".join((*pieces, passage.text[at:])).translate(_PLAIN)
        out.append(replace(passage, text=text))
    return tuple(out)
