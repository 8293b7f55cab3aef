"""Who is named by the duties that are cited, and what the law says that the name means."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from pincite.reading import Role
from pincite.reading.definitions import is_definitions
from pincite.reading.parties import COUNTERPART, Binds, Party, party_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from pincite.answering.findings import Finding
    from pincite.answering.near import Near
    from pincite.law.outline import Outline
    from pincite.law.section import Section
    from pincite.reading import Provision
    from pincite.reading.provision import Definition, Span
    from pincite.reading.readings import Readings

_RULES = frozenset(
    {Role.DUTY, Role.PROHIBITION, Role.PERMISSION, Role.DEADLINE, Role.PENALTY, Role.REMEDY}
)
# What an agency must do is a procedure to the reading rules, and a duty where it is bound itself.
_NAMING = _RULES | {Role.PROCEDURE}
_STRONG = frozenset({Role.DUTY, Role.PROHIBITION, Role.DEADLINE, Role.PROCEDURE})
# Who runs the law rather than being bound by it: "the department", "the board", "the court".
_RUNS_IT = re.compile(
    r"^(?:(?:the|a|each|any|every)\s+)?members?\s+of\s+the\s+(?:board|commission|council|committee)\b|"
    r"^(?:the|such|said|this|a|each|any|every)\s+(?:[\w'’-]+\s+){0,4}?(?:department|board|commission(?:er)?|"
    r"director|secretary|bureau|division|office|authority|administrator|superintendent|court|judge|"
    r"registrar|treasurer|comptroller|auditor|attorney\s+general|attorney|governor|legislature|clerk|"
    r"general\s+assembly|administration|state|council|committee|magistrate|inspector|officer|bank\s+commissioner"
    r"|district\s+attorney|county\s+attorney|sheriff|jury|examiner|agency|tribunal|justice)s?\b",
    re.IGNORECASE,
)
_FOR_IT = frozenset(
    {"agent", "agents", "designee", "representative", "deputy", "employee", "officer"}
)
# Who was wronged has a remedy, and no duty.
_WRONGED = re.compile(r"\b(?:aggrieved|injured|harmed|damaged)\b", re.IGNORECASE)
_JUDGES = frozenset({"court", "courts", "judge", "judges", "magistrate", "magistrates"})
_SCHOOL_BOARD = re.compile(
    r"\bschool\s+board|\bboard\s+of\s+education|\blocal\s+board", re.IGNORECASE
)
_THE = re.compile(r"^(?:the|such|said|that|this|he|she|it|they)\b", re.IGNORECASE)
# "It is unlawful to sell", and not "for any club to sell".
_FOR_ALL = re.compile(
    r"\bit\s+(?:is|shall\s+be)\s+(?:unlawful|illegal|prohibited)(?=\s+to\b|\s*:)", re.IGNORECASE
)
_OPENS_RULE = re.compile(
    r"\W*(?:\w{1,3}[.)]\s+)?(?:an?|any|every|each|no|all|the|contracts?|agreements?|provisions?|it)\b",
    re.IGNORECASE,
)
# "Notwithstanding subdivision 1", and not "except as provided".
_ASIDE = re.compile(r"\b(?:notwithstanding|except(?!\s+as))\b", re.IGNORECASE)
# "The facility", "the institution": some that were named before.
_VAGUE = re.compile(
    r"^(?:facilit|institution|entit|compan|unit|establishment|organization|recipient)\w*$",
    re.IGNORECASE,
)
_VOID = re.compile(
    r"\b(?:is|are|shall\s+be)\s+(?:\w+\s+){0,6}?(?:void|unlawful|unenforceable|prohibited|illegal|invalid)\b",
    re.IGNORECASE,
)
_AFTER_TERM = re.compile(
    r"^[\"”’',:\s—-]*(?:(?:shall\s+)?(?:means?|includes?|has\s+the\s+meaning)(?:\s+and\s+includes?)?"
    r"|(?:shall\s+be|is)\s+(?:construed|deemed|defined)\s+\w+)?[\s:,—-]*(?:\([\w]{1,4}\)\s*)*",
    re.IGNORECASE,
)
# "No child may be employed or permitted to work": what is done to him by others.
_DONE_TO = re.compile(
    r"\s*(?:not\s+)?be\s+(?:\w+ly\s+)?\w+(?:ed|en|ought|held|sold|paid)\b(?:,?\s+(?:or|nor)\s+\w+ed)*",
    re.IGNORECASE,
)
# Who asks for a license is told so where nobody else is named.
_APPLIES_FOR = ("applicant", "applicants")
# "A person shall not practise ... unless licensed", for law whose cited part only an agency runs.
_FIRST_RULE = re.compile(
    r"(?:^|[.;:]\s+|\n\s*|[)\]]\s*)(?P<who>(?:No|A|An|Any|Every|Each|All)\s(?:[a-z][\w'’,§.-]*\s|[\d][\w.-]*,?\s){1,40}?)"
    r"(?:shall|may|must)\b",
)
_DEFINED = re.compile(r"\bdefined\s*[;,.:]", re.IGNORECASE)  # "Employee, defined; inclusions"
_SOMEBODY = 1  # the rank up to which somebody is named who is bound
_OPENING_RULES = 4  # rules that open a section speak for it
_AROUND = 20  # sections on each side
_FIRST_WITHIN = 1_500  # characters of a section in which its rule opens
_LONGEST_SUBJECT = 110  # words
_CAPTION = re.compile(r"[A-Z][\w ,;'’()-]{0,90}?\s?\.\s*[—–-]*\s*(?=[A-Z])")
_JOINED = re.compile(r"(?:and|or|for|if|when)\s+", re.IGNORECASE)
_LABELLED = re.compile(r"\n?\s*\(?\w{1,4}[.)]\s+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """Somebody whom a provision names: the words, where they stand, and who that is.

    `weak`: by what they may do or what becomes of them, not by what they must do; `lets`: by what
    they may do. `done` has the words through the verb where it is done to them by others.
    """

    section: Section
    outline: Outline
    span: Span
    party: Party
    weak: bool = False
    lets: bool = False
    done: Span | None = None

    @property
    def words(self) -> str:
        return self.section.text[slice(*self.span)]


@dataclass(frozen=True, slots=True, kw_only=True)
class Defined:
    """A definition that holds for a cited section, and whom it makes the term to be."""

    section: Section
    outline: Outline
    definition: Definition
    party: Party | None

    @property
    def span(self) -> Span:
        return self.definition.start, self.definition.end


def named(
    cited: Sequence[Finding],
    readings: Readings,
    *,
    official: bool,
    asks: Callable[[Named], bool] = lambda _: False,
) -> Named | None:
    """Who is bound by the cited provisions of one act, or `None` where nobody is named.

    The duties that are cited come first, then the others of their sections, and of several who
    are bound whom the question is about (`asks`); whom the law protects and who runs it are
    nobody's answer while anybody else is named. Where the first section only lets a role do
    something, that role is its own, whoever else the others bind.
    """
    found = list(_candidates(cited, readings))
    first = cited[0].section.id
    only_lets = all(one.weak for _, one in found if one.section.id == first)

    def order(item: tuple[tuple[int, ...], Named]) -> tuple[object, ...]:
        place, one = item
        rank = _rank(one, official=official)
        role = one.party.binds is Binds.ROLE
        if only_lets and one.lets and role and one.section.id == first:
            place = (0, *place[1:])
        return (max(rank, _SOMEBODY), place[:3], rank, not (role and asks(one)), place)

    return min(found, key=order)[1] if found else None


def _candidates(
    cited: Sequence[Finding], readings: Readings
) -> Iterator[tuple[tuple[int, ...], Named]]:
    """Each with its order: duties first, the cited and those that open a section before others."""
    sections = list({finding.section.id: finding for finding in cited}.values())
    shown = {(f.section.id, f.provision.start) for f in cited}
    for place, finding in enumerate(sections):
        if is_definitions(finding.section.heading) or _DEFINED.search(finding.section.heading):
            continue  # whom a part of a definition names is not whom the act binds
        read = readings.of(finding.section)
        seen = 0
        for provision in read.provisions:
            alone = not provision.leads or provision.opens
            if provision.role not in _NAMING or not (
                alone or (finding.section.id, provision.start) in shown
            ):
                continue
            one = _named(finding.section, read.outline, provision)
            if one is None or (place and _applies_for(one.party)):
                continue  # who applies for leave is bound by that section and no other
            seen += 1
            own = (finding.section.id, provision.start) in shown or any(
                (finding.section.id, lead[0]) in shown for lead in provision.leads
            )
            late = 0 if own else 1 if seen <= _OPENING_RULES else 2
            yield (int(one.weak), late // 2, place, late, provision.start), one


def _named(section: Section, outline: Outline, provision: Provision) -> Named | None:
    if provision.actor is None:
        return None
    start, end = provision.actor
    # A label or a caption that was taken into the subject.
    if label := _LABELLED.match(section.text, start, end):
        start = label.end()
    if caption := _CAPTION.match(section.text, start, end):
        start = caption.end()
    if joined := _JOINED.match(section.text, start, end):
        start = joined.end()
    words = section.text[start:end]
    party = party_of(words)
    if party is None:
        return None
    # "Notwithstanding subdivision 1, an employer that operates a camp": not whom the rule binds.
    aside = _ASIDE.search(section.text, provision.start, max(start, provision.start))
    weak = provision.role not in _STRONG or aside is not None
    passive = provision.modal_at and _DONE_TO.match(section.text, provision.modal_at[1])
    return Named(
        section=section,
        outline=outline,
        span=(start, end),
        party=party,
        weak=weak,
        lets=provision.role is Role.PERMISSION,
        done=(start, passive.end()) if passive else None,
    )


def _rank(one: Named, *, official: bool) -> int:
    words = " ".join(one.words.split())
    party = one.party
    if official and party.binds is Binds.OFFICIAL:
        return 0
    if party.binds is Binds.OFFICIAL and party.head.lower().split()[-1] in _JUDGES:
        return 5
    if _RUNS_IT.match(words) and all(
        noun.lower().split()[-1] in _FOR_IT for noun in party.nouns[1:]
    ):
        # "The director or his agent": who acts for the one that runs the law.
        return 5 if len(party.nouns) > 1 and party.binds is not Binds.ANYBODY else _of_body(one)
    return _of_body(one)


def _of_body(one: Named) -> int:
    words = " ".join(one.words.split())
    party = one.party
    if party.binds is Binds.OFFICIAL:
        if (
            _RUNS_IT.match(words)
            and not _SCHOOL_BOARD.search(words)
            and not _indefinite_body(words)
        ):
            return 5
        return 4 if _THE.match(words) else 1
    vague = party.binds is Binds.ANYBODY or _VAGUE.search(party.head)
    if party.backward or (vague and _THE.match(words)):
        return 2
    if party.binds is Binds.PROTECTED or party.actor_class == "party":
        return 3
    return 1 if _applies_for(party) else 0


def _applies_for(party: Party) -> bool:
    return all(noun.lower().endswith(_APPLIES_FOR) for noun in party.nouns)


def _indefinite_body(words: str) -> bool:
    """A public body that the law binds ("each state agency"), not the one that runs it."""
    return bool(
        re.match(
            r"(?:an?|any|each|every|no|all)\s+(?:\w+\s+){0,3}?(?:agency|agencies|board|authority|commission|office)\b",
            words,
            re.IGNORECASE,
        )
    )


def runs_the_law(one: Named) -> bool:
    """Whether the party only runs the law: it binds somebody who is not named here."""
    words = " ".join(one.words.split())
    return _rank(one, official=False) >= 5 or (  # noqa: PLR2004 - the rank of who runs it
        one.party.binds is Binds.OFFICIAL and bool(_THE.match(words))
    )


def first_named(order: Iterable[Section], cited: Section, readings: Readings) -> Named | None:
    """Whom the sections around the cited one name, the nearest first, where it names nobody."""
    sections = list(order)
    here = next((n for n, section in enumerate(sections) if section.id == cited.id), 0)
    near = sorted(range(len(sections)), key=lambda place: abs(place - here))
    for section in (sections[place] for place in near if 0 < abs(place - here) <= _AROUND):
        for found in _FIRST_RULE.finditer(section.text[:_FIRST_WITHIN]):
            party = party_of(found["who"])
            if _WRONGED.search(found["who"]):
                continue
            if party is None or party.nouns[0].lower().endswith(_APPLIES_FOR):
                continue
            if party.binds in {Binds.ANYBODY, Binds.ROLE}:
                end = found.end("who") - 1
                outline = readings.outline_of(section)
                return Named(
                    section=section, outline=outline, span=(found.start("who"), end), party=party
                )
    return None


def names_nobody(
    cited: Sequence[Finding], readings: Readings
) -> tuple[Section, Outline, Span] | None:
    """What is void or unlawful whoever does it: the words, where a cited section says so."""
    for finding in cited:
        read = readings.of(finding.section)
        for provision in read.provisions:
            text = finding.section.text
            if (whole := _FOR_ALL.search(text, provision.start, provision.end)) is not None:
                return finding.section, read.outline, whole.span()
            found = _VOID.search(text, provision.start, provision.end)
            told = found is not None and _OPENS_RULE.match(text, provision.start)
            if found and told and provision.role is not Role.DEFINITION and not provision.leads:
                span = (provision.start, found.start())
                if 2 < len(text[slice(*span)].split()) < _LONGEST_SUBJECT:  # noqa: PLR2004
                    return finding.section, read.outline, span
    return None


def defined(
    party: Party, cited: Section, near: Iterable[Near], readings: Readings
) -> Defined | None:
    """What the law says that the party's name means, for the cited section."""
    terms = _terms(party)
    for section in (cited, *(one.section for one in near)):
        for definition in defined_in(section, readings):
            if definition.how not in {"means", "includes"} or _plain(definition.term) not in terms:
                continue
            text = section.text[definition.term_at[1] : definition.end]
            told = _AFTER_TERM.match(text)
            inner = party_of(text[told.end() if told else 0 :][:400])
            return Defined(
                section=section,
                outline=readings.outline_of(section),
                definition=definition,
                party=inner,
            )
    return None


def defined_in(section: Section, readings: Readings) -> tuple[Definition, ...]:
    """The section's definitions, found once."""
    return readings.definitions_of(section)


def _terms(party: Party) -> frozenset[str]:
    return frozenset(_plain(noun) for noun in (*party.nouns, party.head))


def _plain(term: str) -> str:
    words = re.sub(r"^(?:an?|the|any|each|every|no|all)\s+", "", " ".join(term.lower().split()))
    return re.sub(r"(?<=\w{3})s$", "", words)


def counterpart(
    one: Named, cited: Sequence[Finding], near: Iterable[Near], readings: Readings
) -> Named | None:
    """The other side of whom the law protects: the employer for "an employee may", if named."""
    wanted = COUNTERPART.get(one.party.actor_class, ())
    for finding in {finding.section.id: finding for finding in cited}.values():
        read = readings.of(finding.section)
        for provision in read.provisions:
            other = _named(finding.section, read.outline, provision)
            if other is not None and other.party.actor_class in wanted:
                return other
    for item in near:
        for definition in defined_in(item.section, readings):
            party = party_of(definition.term)
            if party is not None and party.actor_class in wanted and party.binds is Binds.ROLE:
                return Named(
                    section=item.section,
                    outline=readings.outline_of(item.section),
                    span=definition.term_at,
                    party=replace(party, backward=False),
                )
    return None
