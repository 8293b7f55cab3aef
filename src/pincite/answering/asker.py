"""What is known of who asks: what they told, and what the question takes them to be."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING

from pincite.index.lexical import tokens
from pincite.reading.actors import classes_named, trade_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from pincite.retrieval.topics import Topic, TopicMatch

_LIKELY = 0.15  # share of a topic that tells who asks
# The trades that a domain of the taxonomy is about: who asks of it is likely of the trade.
_DOMAIN_TRADES = {
    "insurance": "insurance",
    "credit": "banking",
    "finance": "banking",
    "health": "health",
    "pharmacy": "health",
    "education": "education",
    "childcare": "education",
    "energy": "utility",
    "public": "government",
}
_PUBLIC = (
    r"(?:city|county|town|township|village|municipality|borough|parish|school\s+(?:district|board)"
    r"|public\s+(?:body|agency|employer|entity|school|library|university|hospital)"
    r"|state\s+(?:agency|department|university)|government(?:al)?(?:\s+\w+)?|agency)"
)
# "We are a city", "must a public employer": the asker, and not a place that is named.
_IS_PUBLIC = re.compile(
    rf"\b(?:we|i)(?:\s+are|[’']re|\s+am|[’']m|\s+work\s+for|\s+run)\s+(?:an?|the)\s+(?:\w+\s+)?{_PUBLIC}\b"
    rf"|\b(?:must|may|can|does|do|should|has|is|what\s+must|how\s+must)\s+(?:an?|our|the)\s+(?:\w+\s+)?{_PUBLIC}\b"
    rf"|\bour\s+{_PUBLIC}\b",
    re.IGNORECASE,
)
_PUBLIC_FACT = re.compile(rf"(?:^|\ba\s|\ban\s|\bthe\s)(?:\w+\s)?{_PUBLIC}$", re.IGNORECASE)
_PRIVATE = re.compile(
    r"\b(?:compan(?:y|ies)|business(?:es)?|firm|stores?|shops?|restaurants?|bars?|hotels?|landlords?"
    r"|banks?|insurers?|non-?profits?|charit(?:y|ies)|llc|corporation|start-?up|app|website|brewery"
    r"|salon|gym|farm(?:er)?|dealer(?:ship)?|contractor|brokers?|merchants?|retailers?|sellers?"
    r"|private|franchise|pharmacy|clinic|tenants?|customers?|consumers?|clients?)\b",
    re.IGNORECASE,
)
_NONPROFIT = re.compile(
    r"\b(?:non-?profits?|not-for-profit|charit(?:y|ies|able)|501\(c\))", re.IGNORECASE
)
_NOBODY = frozenset(
    tokens("company business person firm people store shop organization entity it in")
)
# Whom a question speaks of beside who asks it.
_OTHERS = frozenset(
    {
        "consumer",
        "patient",
        "tenant",
        "employee",
        "debtor",
        "agency",
        "court",
        "government",
        "party",
    }
)
_SMALL = dict(
    zip(
        [
            "one",
            "two",
            "three",
            "four",
            "five",
            "six",
            "seven",
            "eight",
            "nine",
            "ten",
            "eleven",
            "twelve",
        ],
        range(1, 13),
        strict=True,
    )
)
# What is counted, by the words for it: thresholds of the law name the same things.
COUNTED: Mapping[str, frozenset[str]] = {
    "employee": frozenset(
        [
            "employee",
            "employees",
            "staff",
            "people",
            "workers",
            "worker",
            "persons",
            "person",
            "individuals",
            "part-timers",
            "individual",
        ]
    ),
    "unit": frozenset(
        ["unit", "units", "apartments", "apartment", "dwellings", "dwelling", "rentals", "homes"]
    ),
    "consumer": frozenset(
        [
            "consumer",
            "consumers",
            "customers",
            "customer",
            "users",
            "user",
            "residents",
            "resident",
            "households",
        ]
    ),
    "bed": frozenset(("bed", "beds")),
    "student": frozenset(("student", "students")),
}
_COUNT = re.compile(
    r"\b(?P<count>\d[\d,]*|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)"
    r"(?:-|\s+)(?:full-time\s+|part-time\s+|rental\s+)?(?P<what>[a-z-]+)\b",
    re.IGNORECASE,
)
# "The data of 150,000 people": those are no staff.
_WHOSE_DATA = re.compile(
    r"\b(?:data|information|records|accounts|details)\s+(?:of|on|about|from|for)\s+(?:\w+\s+){0,2}$",
    re.IGNORECASE,
)
_MONEY = re.compile(
    r"\$\s?(?P<sum>\d[\d,.]*)\s*(?P<scale>thousand|million|billion|[kmb]\b)?", re.IGNORECASE
)
_SCALE = {"t": 1_000, "k": 1_000, "m": 1_000_000, "b": 1_000_000_000}


# Who does what the question asks about: "what must a nursing home do", "we are a credit union".
_SUBJECT = re.compile(
    r"\b(?:must|may|can|does|do|should|is|are|has|have|would|will)\s+(?:an?|our|the|my)\s+(?P<who>(?:[a-z'’-]+\s){1,4}?)"
    r"(?:in|do|have|give|tell|put|keep|get|be|need|say|make|send|pay|charge|sell|file|ask|require|refuse|use|take|"
    r"report|post|disclose|of|that|who|with|to|before|after|let|serve|handle|provide|offer|notify|share|buy|"
    r"register|license|carry|collect|show|write|add|fire|cancel|deny|comply|honor|check|pump|end|own|rent)\b"
    r"|\b(?:we|i)(?:\s+are|[’']re|\s+am|[’']m|\s+run|\s+own|\s+operate)\s+(?:an?\s+)?(?P<we>(?:[a-z'’-]+\s?){1,4})",
    re.IGNORECASE,
)


# Whom or what the asker deals with, and is not: "use third-party service tools", "hire a driver".
_DEALS_WITH = re.compile(
    r"\b(?:us(?:e|es|ing)|hir(?:e|es|ing)|engag(?:e|es|ing)|outsourc(?:e|es|ing)\s+to|work(?:s|ing)?\s+with|"
    r"rel(?:y|ies|ying)\s+on|contract(?:s|ing)?\s+with|buy(?:s|ing)?\s+from|share\s+(?:\w+\s+){1,3}with)\s+"
    r"(?:an?|our|the|my|any|outside|other)?\s*(?P<whom>(?:[a-z][\w'’-]*\s+){0,3}?[a-z][\w'’-]*)"
    r"(?=\s*(?:[?.,;]|\b(?:that|who|which|to|for|in|with|on|at|under|and|or|if|when|about|as|by)\b|$))",
    re.IGNORECASE,
)
_ANY_ACTOR = frozenset(tokens("business person company employer owner landlord lender insurer"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Asker:
    """What is known of the asker.

    `words` are the question's and the facts', `trades` those that they tell or that the
    question's topic is about, and `told` those told of the asker in so many words. `actors` are
    the words for whom the law of the question's topics binds and `terms` the topics' words of
    law. `classes` are those of all whom the question names; `named` tells that some of them may
    be the asker, and `subject` has the words for who does what is asked about. `counts` has how
    many employees, units, consumers ... there are, and `usd` for revenue. `kin` has the words for
    whom the law of a topic binds that speaks of the subject: "telephone solicitor" to a
    telemarketer. `others` has those for whom or what the asker deals with, and is not.
    """

    words: frozenset[str]
    trades: frozenset[str]
    told: frozenset[str] = frozenset()
    actors: frozenset[str] = frozenset()
    classes: frozenset[str] = frozenset()
    named: bool = False
    subject: frozenset[str] = frozenset()
    kin: frozenset[str] = frozenset()
    others: frozenset[str] = frozenset()
    terms: frozenset[str] = frozenset()
    counts: Mapping[str, Decimal] = field(default_factory=dict)
    official: bool = False
    private: bool = False
    nonprofit: bool = False

    @classmethod
    def of(cls, text: str, facts: Iterable[str], topics: Sequence[TopicMatch] = ()) -> Asker:
        """`topics` are the question's: who asks about a tenant's deposit is likely its landlord."""
        facts = tuple(facts)
        everything = " ; ".join((text, *facts))
        words = frozenset(tokens(everything))
        told = _trades(frozenset(tokens(" ; ".join(facts))))
        trades = _trades(words)
        if topics and topics[0].topic.domain in _DOMAIN_TRADES:
            trades.add(_DOMAIN_TRADES[topics[0].topic.domain])
        likely = [match.topic for match in topics if match.share >= _LIKELY]
        others = _words_of(found["whom"] for found in _DEALS_WITH.finditer(text))
        actors = _words_of(
            actor
            for topic in likely
            for actor in topic.actors
            if not (set(tokens(actor)) - _ANY_ACTOR) & others
        )
        subject = _subject(everything)
        classes = frozenset(classes_named(everything))
        official = bool(_IS_PUBLIC.search(text)) or any(map(_PUBLIC_FACT.search, facts))
        return cls(
            words=words,
            trades=frozenset(trades),
            told=frozenset(told),
            actors=frozenset(actors),
            classes=classes,
            subject=subject,
            others=frozenset(others),
            kin=frozenset(
                word
                for topic in likely
                if len(subject & _spoken_of(topic)) * 2 >= max(len(subject), 1)
                for word in _words_of((*topic.actors, *topic.definitions))
            ),
            named=bool(classes - _OTHERS) or bool(told),
            terms=frozenset(word for topic in likely for word in _words_of(topic.terms)),
            counts=_counts(everything),
            official=official,
            private=not official and bool(_PRIVATE.search(everything)),
            nonprofit=bool(_NONPROFIT.search(everything)),
        )

    def is_of(self, trade: str) -> bool:
        """Whether the asker has told to be of the trade, or the question is about it."""
        if trade == "government":
            return self.official
        return trade in self.trades or bool(set(tokens(trade)) & self.words)


def _words_of(lines: Iterable[str]) -> set[str]:
    return {word for line in lines for word in tokens(line)}


def _spoken_of(topic: Topic) -> set[str]:
    """The words in which people and the law speak of the topic's matter and of whom it binds."""
    return _words_of((topic.name, *topic.lay, *topic.words, *topic.actors))


def _subject(text: str) -> frozenset[str]:
    """The words for whoever the question asks what they must or may do."""
    found = _SUBJECT.search(text)
    words = "" if found is None else found["who"] or found["we"] or ""
    return frozenset(tokens(words)) - _NOBODY


def _trades(words: frozenset[str]) -> set[str]:
    return {
        trade
        for trade, names in trade_words().items()
        if trade != "government" and any(set(tokens(name)) <= words for name in names)
    }


def _counts(text: str) -> dict[str, Decimal]:
    found: dict[str, Decimal] = {}
    for match in _COUNT.finditer(text):
        what = match["what"].lower()
        if what in COUNTED["employee"] and _WHOSE_DATA.search(text, 0, match.start()):
            what = "consumers"
        told = match["count"].lower().replace(",", "")
        for unit, names in COUNTED.items():
            if what in names:
                found.setdefault(unit, Decimal(_SMALL.get(told, told)))
    if money := _MONEY.search(text):
        scale = _SCALE.get((money["scale"] or " ")[0].lower(), 1)
        found["usd"] = Decimal(money["sum"].replace(",", "").rstrip(".")) * scale
    return found
