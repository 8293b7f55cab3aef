"""Rules on words: what no law holds, damaged letters, mark-up and lost spaces."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from pincite.library.lint.site_words import site_words
from pincite.library.lint.standing import Mark, excerpt

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pincite.library.lint.standing import Standing

# Law speaks of newsletters, cookies and log-ins too. `site_words.toml` has words with which a site
# speaks of itself; `_LINE` has what is a site's only where it is a line by itself.
_LINE = re.compile(
    r"""(?ix)\W*(?:advertisements?|sponsored\s+(?:content|links?)|(?:previous|prev|next)(?:\s+(?:section|chapter|page))?
        |previous\s*\W*\s*next|print(?:er[-\s]friendly)?(?:\s+(?:this\s+)?(?:page|version|section))?|download\s+(?:pdf|this\s+\w+)
        |(?:quick\s+)?search(?:\s+(?:this|the)\s+(?:site|code|statutes?|laws?))?|site\s?map|log\s?in|sign\s+(?:in|up)|share
        |e-?mail\s+this(?:\s+page)?|terms\s+of\s+(?:use|service)|privacy\s+policy|contact\s+us|about\s+us|subscribe|menu|home
        |up\s+one\s+level|page\s+last\s+(?:updated|modified)\b.{0,40}|related\s+(?:articles|links|resources)|read\s+more
        |click\s+here.{0,60}|view\s+(?:previous|other|all)\s+versions?.{0,40}|main\s+menu|advanced\s+search
        |\d{1,2}/\d{1,2}/\d{2,4},?\s+\d{1,2}:\d\d.*|page\s+\d+\s+of\s+\d+
      )\W*"""
)
_ADDRESS_FIRST = re.compile(r"\s*https?://\S+[ \t]*\n")
_ADDRESS_LAST = re.compile(r"\n[ \t]*https?://\S+\s*\Z")
"""Where a page was printed from. Regulations give addresses in their midst, too."""
_LONGEST_LINE = 80
_QUIET_LINE = 4  # letters
_MOJIBAKE = re.compile(
    "\ufffd|ï¿½|[ÂÃ][\x80-\xbf]|[ÂÃ][€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]|â[\x80-\x9f€‚„†][\x80-\xbf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ¢¦¨©]"
    "|[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]|[\ue000-\uf8ff]"
)
_SUSPECT = re.compile("[\ufffdïÂÃâ\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ue000-\uf8ff]")
"""What a damaged letter starts with."""
_MARKUP = re.compile(
    r"&(?:amp|nbsp|lt|gt|quot|apos|mdash|ndash|sect|rsquo|lsquo|ldquo|rdquo|#x?[0-9A-Fa-f]{2,6});"
    r"|</?(?:p|br|hr|div|span|a|td|tr|th|table|tbody|b|i|u|em|strong|ul|ol|li|sup|sub|h[1-6]|img|script|style|font|center)"
    r"(?:\s[^<>]{0,300})?/?>"
    r"|\{\{|\}\}|\bfunction\s*\(\w*\)\s*\{|<!--|\bhref\s*="
)
_SMALL = (
    "of", "to", "in", "by", "for", "on", "and", "or", "with", "under", "from", "as", "the",
    "any", "such", "this", "shall", "may", "each", "every",
)  # fmt: skip
# Each starts with what it cannot do without, and looks back only from there.
_SIGN = re.compile(r'[“”",;.](?<=[a-z].)[A-Za-z]{2,}')
_CAPITAL = re.compile(r"[A-Z](?<=[a-z].)[a-z]{2,}\b")
_DIGIT = re.compile(r"\d[a-z]{2,}(?![-.)\w])")
_UNITS = re.compile(
    r"(?:of|the|and|shall|or|to|days|percent|dollars|years|months)(?:the|this|a|of|or)?"
)
_PAIRS = (
    "ofthe", "ofthis", "ofsuch", "ofany", "tothe", "inthe", "inthis", "bythe", "byany",
    "forthe", "onthe", "andthe", "orany", "shallbe", "shallnot", "withthe", "fromthe",
    "underthe", "underthis", "thatthe", "toany", "inany", "hasbeen", "providedin",
    "pursuantto", "thissection", "anyperson", "thestate", "theperson",
)  # fmt: skip
_JOINT = re.compile(
    rf"(?<![A-Za-z./@_-])(?:[a-z]{{2,}})??(?:{'|'.join(_PAIRS)})(?:[a-z]{{2,}})?(?![A-Za-z./@_-])"
)
_WORD = re.compile(
    r"(?:the|shall|that|this|section|person|with|such|and|for|any|from|of|in|to|by|be|or|provided|state|law)"
)
_THE = re.compile(r"the(?<=[a-z]the)(?<!othe)(?<!ethe)(?<!athe)|othe(?<=tothe)")
"""`ofthe`, `tothe`, and not other, whether or rather."""
_OTHER_PAIRS = tuple(pair for pair in _PAIRS if not pair.endswith("the"))
_LONG_TOKEN = re.compile(r"[a-z]{18,}")
_MAY_RUN_ON = re.compile(r'[a-z][“”",;.A-Z]|\d[a-z]{2}|[a-z]{5}')
"""What any of those has: most words with figures have none of it."""
_LABEL = re.compile(r"\((?<!\S\()(?:[a-z]{1,3}|[A-Z]{1,3}|\d{1,2})\)(?=[A-Za-z]{2})")


def boilerplate(standing: Standing) -> Mark | None:
    """Words of a web site, its navigation or its advertising stand in the text or heading."""
    section = standing.section
    text = section.text
    found = [*site_words(text), *_furniture(text)]
    if found:
        start, end = min(found)
        evidence = excerpt(text, start, end)
        return Mark("words of a web site stand in the text", evidence, start, end, len(found))
    heading = section.heading
    if not any(site_words(heading)):
        return None
    return Mark("words of a web site stand in the heading", heading[:120])


def _furniture(text: str) -> Iterator[tuple[int, int]]:
    """Short lines that are a site's, in a text that has other lines too."""
    if "\n" not in text:
        return
    at = 0
    for line in text.split("\n"):
        quiet = (
            _QUIET_LINE <= len(line) <= _LONGEST_LINE and not line[0].islower() and line[0] != "("
        )
        if quiet and _LINE.fullmatch(line):
            yield at, at + len(line)
        at += len(line) + 1
    for match in (_ADDRESS_FIRST.match(text), _ADDRESS_LAST.search(text, max(0, len(text) - 200))):
        if match is not None:
            yield match.span()


def mojibake(standing: Standing) -> Mark | None:
    """Letters were read in the wrong encoding, or stand for no letter."""
    section = standing.section
    found = _SUSPECT.search(section.text)
    if found and (mark := _found(_MOJIBAKE, section.text, "damaged letters", found.start())):
        return mark
    match = _MOJIBAKE.search(section.heading)
    return match and Mark("damaged letters in the heading", section.heading[:120])


def markup(standing: Standing) -> Mark | None:
    """HTML or its entities stand in the text."""
    section = standing.section
    if not any(sign in section.text for sign in ("&", "<", "{", "href")):
        return None
    return _found(_MARKUP, section.text, "mark-up stands in the text")


def lost_spaces(standing: Standing) -> Mark | None:
    """Words are run together."""
    text = standing.section.text
    if not any(map(_runs_on, set(text.split()))):
        return None
    spans = _lost(text)
    if not spans:
        return None
    start, end = min(spans)
    return Mark("spaces between words are lost", excerpt(text, start, end), start, end, len(spans))


@lru_cache(maxsize=1 << 18)
def _runs_on(word: str) -> bool:
    """Whether a space may be lost in a word, whatever stands around it.

    No pattern reaches over white space, and the words of the law are few: each is looked at once.
    """
    return _MAY_RUN_ON.search(word) is not None and bool(_lost(f" {word} "))


def _lost(text: str) -> list[tuple[int, int]]:
    """Where words are run together."""
    spans = [m.span() for m in _SIGN.finditer(text) if _joins(m[0], text, m.start(), m.end())]
    spans += (m.span() for m in _CAPITAL.finditer(text) if _last_word(text, m.start()) in _SMALL)
    spans += (m.span() for m in _DIGIT.finditer(text) if _UNITS.fullmatch(m[0], 1))
    if any(pair in text for pair in _OTHER_PAIRS) or any(
        _JOINT.search(text, max(0, m.start() - 20), m.end() + 20) for m in _THE.finditer(text)
    ):
        spans += (match.span() for match in _JOINT.finditer(text))
    if max(map(len, text.split()), default=0) >= 18:  # noqa: PLR2004 -- as _LONG_TOKEN has it
        spans += (m.span() for m in _LONG_TOKEN.finditer(text) if _run_together(m[0]))
    return spans


def _joins(found: str, text: str, start: int, end: int) -> bool:
    """Whether a sign between letters, with no space, joins two words: `fee,license`, `act.The`."""
    word = found[1:]
    before = _last_word(text, start)
    match found[0]:
        case "," | ";":
            return (
                word[1:].islower()
                and len(word) > 2  # noqa: PLR2004 -- `a,b` is a list of labels
                and len(before) > 1
                and text[end : end + 1] not in {"@", "/"}
            )
        case ".":
            capital = word[0].isupper() and word[1:].islower() and len(before) > 2  # noqa: PLR2004
            return capital and text[end : end + 1] in {" ", ","}
        case "“":
            return len(before) > 1 and word.islower()
        case _:
            return word.islower()


def _last_word(text: str, end: int) -> str:
    """The letters that stand right before `end`."""
    start = end
    while start > 0 and end - start <= 8 and text[start - 1].isalpha():  # noqa: PLR2004 -- small words
        start -= 1
    return text[start:end]


def _run_together(token: str) -> bool:
    """Whether small words make up a good part of a long one."""
    inside = _WORD.findall(token)
    return len(inside) > 2 and 2 * sum(map(len, inside)) > len(token)  # noqa: PLR2004 -- three words


def glued_labels(standing: Standing) -> Mark | None:
    """Labels of subdivisions are glued to their text: `(1)The`."""
    found = _found(_LABEL, standing.section.text, "labels are glued to the words after them")
    return found if found is not None and found.count > 1 else None


def _found(pattern: re.Pattern[str], text: str, message: str, begin: int = 0) -> Mark | None:
    first = pattern.search(text, begin)
    if first is None:
        return None
    count = 1 + sum(1 for _ in pattern.finditer(text, first.end()))
    start, end = first.span()
    return Mark(message, excerpt(text, start, end), start, end, count)
