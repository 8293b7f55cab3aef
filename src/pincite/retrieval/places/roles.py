"""Weighs how far a place named in a question is the place whose law is asked for."""

from __future__ import annotations

import re

LAW, PLACE, HOME, ASIDE = 3, 2, 1, 0

_LAW_AFTER = re.compile(
    r"(?:['’]s?)?\s+(?:[\w-]+\s+){0,3}?(?:laws?|statutes?|statutory|regulations?|rules?|code|act|"
    r"requirements?|legislation|legislature|minimum wage|sales tax|overtime|attorney general)\b",
    re.IGNORECASE,
)
_UNDER = re.compile(
    r"\b(?:under|governed by|subject to|comply(?:ing)? with|violat\w+)\s+$", re.IGNORECASE
)
_NO_PRESENCE = re.compile(
    r"\b(?:no|without (?:an?|any)|not have (?:an?|any)|don['’]t have (?:an?|any))\s+"
    r"(?:[\w-]+\s+){0,2}?(?:office|store|presence|location|employee|nexus|warehouse|staff|people|"
    r"operations)s?\b[^.;?!]{0,25}\bin\s+$",
    re.IGNORECASE,
)
_MUST = r"(?:need|have|has|must|required?|get|getting|be|become)"
_QUALIFIED_AS = (
    r"(?:incorporated|organi[sz]ed|formed|registered|chartered|domiciled|licen[sc]ed|certified|"
    r"admitted|barred)(?:\s+(?:only|solely|just|and\s+\w+|to\s+\w+(?:\s+law)?|"
    r"as\s+an?\s+\w+(?:\s+\w+)?))*\s+(?:only\s+)?(?:in|under\s+the\s+laws\s+of|with|by)\s+$"
)
_QUALIFIED = re.compile(rf"\b{_QUALIFIED_AS}", re.IGNORECASE)
_ASKED_TO_QUALIFY = re.compile(
    rf"\b{_MUST}\s+(?:to\s+)?(?:be\s+|get\s+)?{_QUALIFIED_AS}", re.IGNORECASE
)
_ENTITY_AFTER = re.compile(
    r"[\s-]+(?:\w+\s+)?(?:corporation|corp|LLC|L\.L\.C|partnership|LLP|entity|inc|S-?corp|"
    r"licensed|incorporated|licen[sc]e|C-?corp)\b",
    re.IGNORECASE,
)
_FIRM_AFTER = re.compile(
    r"-based\b|\s+(?:\w+\s+){0,2}?(?:company|business|firm|retailer|nonprofit|startup|"
    r"manufacturer|seller|shop|bakery|brewery|bank)\b",
    re.IGNORECASE,
)
_BASED = re.compile(
    r"\b(?<!-)(?:based|headquartered|located|situated|operating\s+out|home\s+office|HQ|"
    r"headquarters)(?:\s+(?:only|entirely|solely|just|out|is|are))*\s+(?:in|of|is)\s+$",
    re.IGNORECASE,
)
_WE_ARE = re.compile(
    r"\b(?:we|our (?:company|business|firm|shop|store))(?:['’]re|\s+are|\s+is)"
    r"(?!\s+\w+ing\b)(?:\s+[\w-]+){0,6}?\s+(?:in|from)\s+$",
    re.IGNORECASE,
)
_PEOPLE = (
    r"(?:customer|client|consumer|user|employee|worker|patient|tenant|resident|contractor|borrower|"
    r"subscriber|driver|student|member|buyer|nurse|freelancer|applicant|candidate|rep|salesperson|"
    r"telecommuter|hire|shop|store|office|location|restaurant|warehouse|clinic|rental|apartment|"
    r"building|school|property|house|branch|facility|plant|salon|gym|farm|cafe|job|project|someone|"
    r"person|policyholder|insured|debtor|donor|household)s?"
)
_PEOPLE_IN = re.compile(
    rf"\b(?:{_PEOPLE}|staff|people|properties|facilities|branches)\b(?:\s+[\w-]+){{0,3}}?\s+"
    r"(?:in|across|throughout|within|from|near)\s+$",
    re.IGNORECASE,
)
_PEOPLE_AFTER = re.compile(
    rf"(?:['’]s)?[\s-]+(?:[\w-]+\s+)?(?:{_PEOPLE}|staff|people|landlord|employer|properties)\b",
    re.IGNORECASE,
)
_ACTING = re.compile(
    r"\b(?:sell|ship|deliver|market|send|mov|relocat|expand|transfer|go|travel|commut|export|open|"
    r"operat|hir|work|liv|resid|practi[cs]|advertis|do business|doing business|drive|haul|store|"
    r"accept|serv|fire|terminat|rent|buy|lend)\w*\b[^.;?!]{0,40}?\b(?:in|into|to|across|through)\s+$",
    re.IGNORECASE,
)
_WORKS_FROM = re.compile(
    r"\b(?:work|operat|telecommut|run)\w*(?:\s+\w+){0,2}?\s+from\s+$", re.IGNORECASE
)
_AWAY = re.compile(
    r"\b(?:from|left|leaving|outside(?:\s+of)?|unlike|imported from|made in|not)\s+$", re.IGNORECASE
)
_BUYERS_FROM = re.compile(rf"\b(?:{_PEOPLE}|orders|data|people)\s+from\s+$", re.IGNORECASE)
_ARTICLE = re.compile(
    r"(?:\b(?:the\s+)?(?:state|commonwealth|city|town)\s+of\s+|\bthe\s+)$", re.IGNORECASE
)
_NOT_BOUND = re.compile(
    r"\b(?:not|isn['’]t|aren['’]t|non)[\s-]+(?:\w+\s+){0,3}?"
    r"(?:covered|subject|bound|governed|a|an|under|regulated)?\s*(?:by|to|under)?\s*$",
    re.IGNORECASE,
)
_LIST_GAP = 12  # ", and for the "
_LISTED = re.compile(r"\s*(?:,|/|&|\band\b|\bor\b|\bplus\b|\bvs\.?|\bversus\b|\bthan\b|\s)*\s*")


# In this order: the first cue that fits decides.
_CUES: tuple[tuple[re.Pattern[str] | None, re.Pattern[str] | None, int], ...] = (
    (_NO_PRESENCE, None, LAW),
    (None, _LAW_AFTER, LAW),
    (_QUALIFIED, None, ASIDE),
    (None, _ENTITY_AFTER, ASIDE),
    (_BASED, None, HOME),
    (_WE_ARE, None, HOME),
    (_PEOPLE_IN, None, LAW),
    (_ACTING, None, LAW),
    (_BUYERS_FROM, None, LAW),
    (_WORKS_FROM, None, LAW),
    (None, _PEOPLE_AFTER, LAW),
    (_AWAY, None, ASIDE),
    (None, _FIRM_AFTER, HOME),
)


def weight(text: str, start: int, end: int) -> int:
    """`LAW` where the law of `text[start:end]` is asked for, down to `ASIDE`."""
    before = _ARTICLE.sub("", _clause(text, start))
    if _UNDER.search(before):
        return ASIDE if _NOT_BOUND.search(_UNDER.sub("", before)) else LAW
    for left, right, value in _CUES:
        if left is _QUALIFIED and _ASKED_TO_QUALIFY.search(before):
            continue
        if left is not None and left.search(before):
            return value
        if right is not None and right.match(text, end):
            return value
    return PLACE


def not_bound(text: str, start: int) -> bool:
    """Whether what follows is said not to bind the asker: "not covered by HIPAA"."""
    return _NOT_BOUND.search(_clause(text, start)) is not None


def away(text: str, start: int) -> bool:
    """Whether the place that follows is only where something comes from."""
    before = _ARTICLE.sub("", _clause(text, start))
    return bool(_AWAY.search(before)) and not _BUYERS_FROM.search(before)


def listed(text: str, end: int, start: int) -> bool:
    """Whether nothing but a list's comma, "and", "or", "vs" stands between two places."""
    return start - end <= _LIST_GAP and _LISTED.fullmatch(text, end, start) is not None


def _clause(text: str, start: int) -> str:
    """Up to 90 characters before `start`, no further back than the sentence's beginning."""
    before = text[max(0, start - 90) : start]
    ends = [match.end() for match in re.finditer(r"[.;?!](?=\s)", before)]
    return before[ends[-1] :] if ends else before


def law_of(text: str, end: int) -> bool:
    """Whether the name that ends at `end` is followed by its law, people or firms."""
    return any(
        cue.match(text, end) for cue in (_LAW_AFTER, _PEOPLE_AFTER, _ENTITY_AFTER, _FIRM_AFTER)
    )
