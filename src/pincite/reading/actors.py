"""Who is the subject of a provision: the class of the noun that heads its words."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.resources import files

# The head of a noun phrase stands before these ("the owner | of a building", "a person | who").
_AFTER_HEAD = re.compile(
    r",|\(|(?<!-)\b(?:that|who|whom|whose|which|of|in|for|to|with|by|from|at|on|upon|under|subject|"
    r"required|engaged|doing|having|holding|licensed|registered|authorized|operating|acting|"
    r"providing|employing|other|as|if|when|shall|may|must|and|or|aggrieved|named|described|"
    r"may be|is|are|within|against|pursuant|maintaining|selling|conducting|using|making)\b(?!-)",
    re.IGNORECASE,
)
_PUBLIC = frozenset({"agency", "government", "court", "prosecutor"})
_LISTED = re.compile(r"\s*(?:,\s*(?:and|or)?|\b(?:and|or)\b)\s*", re.IGNORECASE)
_LIST_ENDS = re.compile(
    r"\b(?:that|who|whom|whose|which|of|in|for|to|with|by|from|shall|may|must|[a-z]+ing)\b",
    re.IGNORECASE,
)
_PARTICIPLE = re.compile(r"\s[a-z]+ing\b")
_WORD = re.compile(r"[A-Za-z][A-Za-z'’-]*")
# Who keeps or makes things, or practises, by a name that is in no list: "innkeeper".
_TRADESMAN = re.compile(
    r"[a-z]{2,}(?:keeper|monger|maker|ician|ologist|ometrist|smith|feror|grantor|signor)s?"
)
_FALLBACK_WORDS = 40
_ACT_NAME = re.compile(r"(?:[A-Z][\w’'-]*\s(?:(?:and|of|for|in)\s)?){1,10}(?:Act|Code|Law)\b")
_ANYBODY = re.compile(
    r"\b(?:individuals?|corporations?|partnerships?|sole\s+proprietor\w*|firms?|natural\s+persons?|"
    r"limited\s+liability\s+compan\w+)\b",
    re.IGNORECASE,
)


@cache
def _data() -> dict[str, dict[str, list[str]]]:
    return tomllib.loads(files("pincite.reading").joinpath("actors.toml").read_text("utf-8"))


@cache
def class_of_noun() -> dict[str, str]:
    """Every noun of the closed list, in lower case, with its class."""
    return {noun: name for name, nouns in _data()["classes"].items() for noun in nouns}


@cache
def opposed() -> frozenset[frozenset[str]]:
    """Pairs of classes that are the two sides of one relation."""
    return frozenset(frozenset(pair) for pair in _data()["opposed"]["pairs"])


@cache
def _sector_pattern() -> re.Pattern[str]:
    parts = [
        f"(?P<{name}>{'|'.join(re.escape(word) for word in words)})"
        for name, words in _data()["sectors"].items()
    ]
    return re.compile(rf"\b(?:{'|'.join(parts)})s?\b", re.IGNORECASE)


@cache
def _noun_pattern() -> re.Pattern[str]:
    nouns = sorted(class_of_noun(), key=len, reverse=True)
    return re.compile(rf"\b(?:{'|'.join(re.escape(noun) for noun in nouns)})\b", re.IGNORECASE)


def actor_class(phrase: str) -> str:
    """The class of the phrase's head noun; failing that, of the first noun that names an actor.

    Empty where the phrase names nobody ("the notice").
    """
    found = _class_of(phrase)
    return _also_listed(phrase) or found if found in _PUBLIC else found


def _also_listed(phrase: str) -> str:
    """The first private class of a list that public bodies open: "any agency, firm or person"."""
    ends = _LIST_ENDS.search(phrase)
    parts = _LISTED.split(phrase[: ends.start()] if ends else phrase[:160])
    classes = [_head_class(part) for part in parts[1:] if part.strip()]
    return next((one for one in classes if one and one not in _PUBLIC), "")


def _class_of(phrase: str) -> str:
    head_end = _AFTER_HEAD.search(phrase)
    head = phrase[: head_end.start()] if head_end else phrase
    if not _WORD.search(head):
        return _first_class(phrase)
    # "A facility housing equipment": the participle ends the head, not so in "a moving firm".
    participle = _PARTICIPLE.search(head)
    return _head_class(head) or _head_class(head[: participle.start()] if participle else "")


def _head_class(head: str) -> str:
    """The class of the last two words or the last word of `head`."""
    words = [word.lower() for word in _WORD.findall(head)][-4:]
    classes = class_of_noun()
    for count in (3, 2, 1):
        name = classes.get(" ".join(words[-count:])) if len(words) >= count else None
        if name:
            return name
    return "business" if words and _TRADESMAN.fullmatch(words[-1]) else ""


def _first_class(phrase: str) -> str:
    found = _noun_pattern().search(phrase[: _FALLBACK_WORDS * 8])
    return class_of_noun()[found.group().lower()] if found else ""


def first_actor(text: str, start: int, end: int) -> tuple[int, str] | None:
    """Where the first noun that names an actor ends in `text[start:end]`, and its class."""
    found = _noun_pattern().search(text, start, end)
    return (found.end(), class_of_noun()[found.group().lower()]) if found else None


def classes_named(text: str) -> tuple[str, ...]:
    """The classes of all actors named in `text`, in order of first mention."""
    classes = class_of_noun()
    return tuple(dict.fromkeys(classes[m.group().lower()] for m in _noun_pattern().finditer(text)))


@cache
def trade_words() -> dict[str, tuple[str, ...]]:
    """The names of each trade's people and places."""
    return {name: tuple(words) for name, words in _data()["sectors"].items()}


def sector_of(phrase: str) -> str:
    """The one trade that the phrase names (government, insurance, banking ...), or empty.

    Acts named in the phrase do not count, and a government that stands in a list with
    individuals and corporations is one of many.
    """
    plain = _ACT_NAME.sub(" ", phrase)
    found = {match.lastgroup or "" for match in _sector_pattern().finditer(plain)}
    if _ANYBODY.search(plain):
        found.discard("government")
    return found.pop() if len(found) == 1 else ""
