"""What a question asks for: may I, must I, by when, how much, what if not."""

from __future__ import annotations

import re
from enum import StrEnum


class Ask(StrEnum):
    """One thing that a question wants to know; a question may ask several."""

    MAY = "may"
    MUST = "must"
    CONTENT = "content"
    DEADLINE = "deadline"
    WHO = "who"
    AMOUNT = "amount"
    PENALTY = "penalty"
    LICENSE = "license"
    DEFINITION = "definition"
    RECORDS = "records"
    NOTICE = "notice"
    REMEDY = "remedy"


_GIVE = r"(?:say|contain|include|be in|be on|be printed|put|write|give|hand|tell|sign)"
_CUES: dict[Ask, tuple[str, ...]] = {
    Ask.DEADLINE: (
        r"how (?:soon|quickly|fast|long|often|far (?:ahead|in advance))",
        r"how many (?:days|hours|weeks|months|years)",
        r"how much (?:time|notice|warning)",
        r"by when|until when|what hours|in advance|beforehand",
        r"when (?:do|does|must|should|is|are|can|will|would|have)",
        r"deadline|due date|time limit|days? (?:do|notice)",
    ),
    Ask.AMOUNT: (
        r"how (?:much|many|old|big|high|large|far|close|late|tall)",
        r"what(?:'s| is) the (?:most|least|maximum|minimum|max|min|lowest|highest)",
        r"what(?:'s| is) the (?:limit|cap|rate|price|fee|charge)",
        r"the most|the least|lowest|highest|limit on|\bcap\b|percent|threshold|at what|which size",
        r"charge (?:for|people|them|him|her|customers)",
    ),
    Ask.PENALTY: (
        r"fine[sd]?\b|penalt|punish|consequence|in trouble|on the hook|liable|illegal|crime|jail",
        r"what (?:happens|can happen|could happen|could it cost)|enforce",
        r"if (?:we|i|they) (?:don'?t|do not|forget|fail|ignore|break)",
        r"lose (?:the|our|my)",
    ),
    Ask.REMEDY: (
        r"\bsue\b|take (?:us|me|him|her|them) to court|lawsuit|damages|compensation|\blien\b",
        r"can (?:they|he|she) claim",
    ),
    Ask.CONTENT: (
        rf"what (?:must|should|has to|have to|needs? to|else can).{{0,60}}?{_GIVE}",
        rf"what (?:does it|do we|do i) (?:also )?have to.{{0,60}}?{_GIVE}",
        r"what (?:to|information|details)|in writing|wording|what has to be|has to go with",
        r"must .{0,40}(?:say|contain|include|state)",
    ),
    Ask.LICENSE: (
        r"licen[cs]e|permits?\b|register|registration|certificate|certified|authori[sz]ation",
        r"signed up with",
    ),
    Ask.NOTICE: (
        r"tell|notify|notice|warn|inform|disclos|report|let .{0,20} know|post(?:ed|ing)?\b",
    ),
    Ask.RECORDS: (
        r"records?\b|keep (?:the|a|our)|hang on to|paperwork|files?\b|log\b|retain|retention",
    ),
    Ask.DEFINITION: (
        r"what (?:is|are|counts as|does .{1,40} mean)|definition|meaning of|count as",
        r"when is .{1,40} a\b",
    ),
    Ask.WHO: (
        r"\bwho\b|\bwhom\b|which (?:businesses|companies|employers|jobs|people)",
        r"do(?:es)? .{1,40} apply",
    ),
    Ask.MAY: (
        r"\b(?:can|may|could)\b|allowed|permitted|lawful|legal(?:ly)?\b|forbid|\bstop\b|is that",
        r"is it (?:ok|okay|legal|enough)|are we able|am i able|\bok\b",
    ),
    Ask.MUST: (
        r"\b(?:must|have to|has to|need to|needs to|supposed to|should|owe)\b|do (?:i|we) need",
        r"\b(?:required?|requirements?)\b|obligat",
    ),
}
_COMPILED = tuple((ask, re.compile("|".join(cues), re.IGNORECASE)) for ask, cues in _CUES.items())


def asks(text: str) -> tuple[Ask, ...]:
    """What the question asks for, the most telling first; never empty."""
    found = tuple(ask for ask, cues in _COMPILED if cues.search(text))
    return found or (Ask.MUST,)
