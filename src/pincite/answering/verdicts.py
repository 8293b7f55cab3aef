"""Whether whom the law binds is the asker."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pincite.answer import Verdict
from pincite.answering.exempting import Exempt, matching
from pincite.answering.sizes import Size, fits
from pincite.index.lexical import tokens
from pincite.reading.actors import classes_named, sector_of
from pincite.reading.parties import COUNTERPART, Binds, Party

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pincite.answering.asker import Asker
    from pincite.answering.bound_by import Found

# Conditions of each trade, told in our words.
_TRADES = {
    "insurance": "in the insurance business",
    "banking": "a bank or in another financial business",
    "health": "a provider of health care",
    "education": "a school or college",
    "utility": "a utility or a telecommunications company",
    "government": "a public body",
}
# Titles of law for one trade alone, in which "person" means one of that trade.
_TRADE_LAW = re.compile(r"\binsurance\b|\bbanks?\b(?:ing)?|\bcredit unions?\b", re.IGNORECASE)
# Roles that tell nothing without what they run, hold or sell.
_COMMON = frozenset(
    tokens(
        "owner operator provider licensee holder applicant agent facility establishment agency "
        "registrant permittee member manager user practitioner"
    )
)
# Who has leave to do something, or asks for it: whoever asks about a licence is one of them.
_LICENSED = frozenset(tokens("licensee permittee registrant applicant holder"))
_LEAVE = frozenset(
    tokens("license licence licensed licensure permit register registered registration certificate")
)
# Who does what a verb says: whoever asks whether he may sell is a seller.
_DOES = re.compile(r"(?P<verb>[a-z]{3,})(?:[eo]r)")
_SAME_VERB = 2  # letters by which a stem may be shorter than the noun's
# Whom a verb of the question makes nobody: who asks about insurance insures nobody.
_NOT_DOING = frozenset(
    tokens(
        "insurer employer contractor officer worker customer consumer carrier provider supplier "
        "lessor creditor debtor servicer controller renter minor director member"
    )
)
# Nouns that only what stands before them makes a role.
_BARE = frozenset(tokens("company institution association entity organization firm corporation"))
# Who is no individual.
_FIRMS = frozenset(
    tokens("hospital bank insurer utility carrier trucking corporation dealership hotel")
)
# Trades of many professions, each with its own law.
_PROFESSIONS = frozenset({"health", "education"})
# Roles that any business may be in.
_ANY_BUSINESS = frozenset({"employer", "landlord", "owner"})
# Roles that tell the other party of a relation: who has a tenant is a landlord.
_OTHER_SIDE = frozenset({"tenant", "employee"})
# Classes of actor that are one role, whatever the noun: a housing provider is a landlord.
_ONE_ROLE = frozenset({"employer", "landlord", "tenant", "insurer", "employee"})
# What anybody does, and words around it.
_ANY_DOING = frozenset(
    tokens(
        "conduct conducting business state doing do who which that has have had violate violates "
        "subject section chapter article act subsection pursuant under required this provision "
        "provisions commonwealth person persons includes including fails fail knowingly willfully "
        "within other law any all such not may shall be is are was in on of or and to by for with "
        "from a an the than as if responsible licensed registered authorized retail private public "
        "local commercial certified individual goods services products produces "
        "produce aims targeted engaged engages trade commerce "
        "people residents resident here calendar year last preceding"
    )
)
_DOING, _ENOUGH = 18, 3
_SIZES = 3  # that are told
_COMPLEMENT = 8  # words after a role that say of what
_OF_WHAT = re.compile(
    r" (?:of|for)(?: [A-Za-z’'-]+){1,7}?"
    r"(?=,|;| (?:that|which|who|shall|must|may|to|by|issued|under)\b|$)"
)
_PLAIN_HEAD = re.compile(r"[A-Za-z][A-Za-z ,'’-]{2,80}")
_PLURAL = re.compile(r"(?:[^su]s|ies|men|people|children)$", re.IGNORECASE)
_VOWEL = re.compile(r"[aeiou]", re.IGNORECASE)
# The condition of an act that exempts the asker.
EXEMPT = "what you told of yourself is exempt"


def verdict_of(
    found: Found, exempt: Sequence[Exempt], asker: Asker
) -> tuple[Verdict, str, Exempt | None]:
    """The verdict, its condition in our words, and the exemption that it rests on."""
    ground = matching(exempt, asker, found.words)
    if ground is not None and not ground.partly:
        return Verdict.NOT_YOU, EXEMPT, ground
    if found.party is None and not found.anybody:
        return Verdict.UNCLEAR, "", ground
    verdict, condition = _by_size(found, asker, _by_who(found, asker))
    if ground is not None and verdict is not Verdict.NOT_YOU:
        return Verdict.UNCLEAR, "whether its exemption is yours", ground
    return verdict, condition, ground


def _by_size(found: Found, asker: Asker, so_far: tuple[Verdict, str]) -> tuple[Verdict, str]:
    """The verdict with the sizes from which the law binds."""
    verdict, condition = so_far
    fit = fits(found.sizes, asker) if found.sizes else True
    if verdict is Verdict.NOT_YOU or fit is True:
        return so_far
    if fit is False:
        return Verdict.NOT_YOU, _size_words(found.sizes)
    own = f"{condition} and " if condition else ""
    return Verdict.ONLY_IF, f"{own}{_size_words(found.sizes)}"


def _size_words(found: Sequence[Size]) -> str:
    told = " or ".join(size.words for size in found[:_SIZES])
    return f"you have {told}" + (", as it says" if len(found) > 1 else "")


def _by_who(found: Found, asker: Asker) -> tuple[Verdict, str]:
    """The verdict by who is bound, sizes and exemptions aside."""
    party = found.party
    if found.trade == "government" or (party is not None and party.binds is Binds.OFFICIAL):
        return _public(found, asker)
    if found.trade:
        if _in_role(found, asker) or (asker.is_of(found.trade) and not _is_other(found, asker)):
            return Verdict.APPLIES, ""
        alien = bool(asker.told) and found.trade not in asker.told
        return (Verdict.NOT_YOU if alien else Verdict.ONLY_IF), _condition(found)
    other = _is_dealt_with(party, asker)
    if not other and (party is None or found.anybody or party.binds is Binds.ANYBODY):
        return _anybody(found, asker)
    if not other and (_is_counterpart(party, asker) or _in_role(found, asker)):
        return Verdict.APPLIES, ""
    return Verdict.ONLY_IF, _condition(found)


def _is_dealt_with(party: Party | None, asker: Asker) -> bool:
    """Whether the asker deals with such a party: who uses service tools provides none."""
    if party is None or party.binds is not Binds.ROLE:
        return False
    nouns = {word for noun in party.nouns for word in tokens(noun)}
    return bool(nouns & asker.others) and not nouns & asker.subject


def _is_counterpart(party: Party | None, asker: Asker) -> bool:
    """Whether the question names the other side of whom the law protects."""
    if party is None or party.binds is not Binds.PROTECTED:
        return False
    return bool(asker.classes & set(COUNTERPART.get(party.actor_class, ())))


def _is_other(found: Found, asker: Asker) -> bool:
    """Whether another profession of the asker's trade is bound: a pharmacist, not a dentist."""
    if found.trade not in _PROFESSIONS or not asker.subject or found.party is None:
        return False
    own = asker.subject | (asker.kin - _ANY_DOING)
    return not own & set(tokens(f"{found.words} {found.meaning}"))


def _anybody(found: Found, asker: Asker) -> tuple[Verdict, str]:
    """The verdict where persons are bound: all, or those of a title or a doing that is told."""
    trade = _law_of_trade(found)
    if trade and not asker.is_of(trade):
        return Verdict.ONLY_IF, f"you are {_TRADES[trade]}"
    if found.party is not None and _is_human(found.party) and asker.subject & _FIRMS:
        return Verdict.ONLY_IF, "you are an individual whom it names"
    if found.party is not None and not found.sizes and _is_strange(found.party, found.words, asker):
        return Verdict.ONLY_IF, "you do what it names"
    return Verdict.APPLIES, ""


def _public(found: Found, asker: Asker) -> tuple[Verdict, str]:
    party = found.party
    # "Employer" may mean the state alone: then the question's employer is not yet the one bound.
    body = party if party is not None and party.binds is Binds.OFFICIAL else None
    named_in_question = body is not None and bool(set(tokens(body.head)) & asker.words)
    if asker.official or (named_in_question and not asker.private):
        return Verdict.APPLIES, ""
    return (
        Verdict.NOT_YOU if asker.private else Verdict.ONLY_IF
    ), f"you are {_TRADES['government']}"


def _in_role(found: Found, asker: Asker) -> bool:
    """Whether the question, the facts or the topic name the role that is bound."""
    if found.party is None:
        return False
    return (
        is_role(found.party, found.words, asker)
        or _is_meant(found.meaning, asker)
        or _is_its_licensee(found, asker)
    )


def _is_its_licensee(found: Found, asker: Asker) -> bool:
    """Whether the licensee of an act on check cashers is the check casher who asks."""
    if found.party is None or found.where is None or not asker.subject:
        return False
    if not all(set(tokens(noun)) <= _LICENSED for noun in found.party.nouns):
        return False
    section = found.where[0]
    title = set(tokens(" ".join((section.heading, *section.hierarchy[-1:]))))
    return all(word in title or _does(word, frozenset(title)) for word in asker.subject)


def _is_meant(meaning: str, asker: Asker) -> bool:
    """Whether what the law says that the role means names the asker: "owner" means a lessor."""
    if not meaning:
        return False
    if _ONE_ROLE & asker.classes & set(classes_named(meaning)):
        return True
    return bool(asker.subject) and asker.subject <= set(tokens(meaning))


def is_role(party: Party, told: str, asker: Asker) -> bool:
    """Whether the question or the facts name the role that `told` binds.

    Where they name nobody, whom the law of the topic binds stands for the asker.
    """
    if party.actor_class in _ONE_ROLE & asker.classes:
        return True
    # "May I charge my tenant": the owner of the dwelling is meant, though nobody says "owner".
    if any(party.actor_class in COUNTERPART[one] for one in _OTHER_SIDE & asker.classes):
        return True
    known = (asker.words - asker.others) | asker.kin
    if not asker.named or party.actor_class in _ANY_BUSINESS:
        known |= asker.actors
    after = " ".join(told.split()).lower().partition(party.head.lower())[2]
    complement = set(tokens(" ".join(after.split()[:_COMPLEMENT])))
    own = asker.words - asker.others
    return any(_names(tokens(noun), complement, known, own) for noun in party.nouns)


def _names(
    words: Sequence[str], complement: set[str], known: frozenset[str], told: frozenset[str]
) -> bool:
    """Whether the noun, with what qualifies it, is among the known words."""
    if not words:
        return False
    head, about = words[-1], set(words[:-1]) - _ANY_DOING
    if head in _LICENSED and _LEAVE & told and not (about | complement) - _ANY_DOING - _LEAVE:
        return True
    if _does(head, told) and (not about or _most(about, known)):
        return True
    if head in _COMMON:
        # An owner of what? A licensee alone is nobody whom a question can be taken to mean.
        about |= complement - _ANY_DOING
        return _most(about, known) if about else head in told
    if head in _BARE:
        return bool(about) and _most(about, known)
    return head in known and (not about or _most(about, known))


def _does(head: str, told: frozenset[str]) -> bool:
    """Whether the noun is for who does what a verb among the words says: "seller" and "sell"."""
    found = _DOES.fullmatch(head)
    if found is None or head in _NOT_DOING:
        return False
    verb = found["verb"]
    return any(
        verb.startswith(word) and len(verb) - len(word) <= _SAME_VERB
        for word in told
        if len(word) > _SAME_VERB
    )


def _most(about: set[str], known: frozenset[str]) -> bool:
    return len(about & known) * 2 >= min(len(about), _ENOUGH + 1)


def _is_human(party: Party) -> bool:
    """Whether individuals alone are bound, and no firm."""
    return all(noun.lower().split()[-1] in {"individual", "individuals"} for noun in party.nouns)


def _is_strange(party: Party, told: str, asker: Asker) -> bool:
    """Whether persons are bound who do something that the question does not speak of."""
    after = " ".join(told.split()).lower().partition(party.head.lower())[2]
    doing = set(tokens(" ".join(after.split()[:_DOING]))) - _ANY_DOING
    known = doing & (asker.words | asker.actors | asker.terms)
    return len(doing) >= _ENOUGH and len(known) * 3 < len(doing)


def _law_of_trade(found: Found) -> str:
    """The trade that the law's own title is about: "person" in it is one of that trade."""
    if found.where is None:
        return ""
    section = found.where[0]
    title = " ; ".join(section.hierarchy[1:])
    if not _TRADE_LAW.search(title):
        return ""
    sector = sector_of(title)
    return sector if sector in {"insurance", "banking"} else ""


def _condition(found: Found) -> str:
    if found.trade in _TRADES:
        return f"you are {_TRADES[found.trade]}"
    head = "" if found.party is None else " ".join(found.party.head.split()).lower()
    if not _PLAIN_HEAD.fullmatch(head):
        return "you are whom it names"
    if set(tokens(head)) <= _COMMON:
        # A holder of what?
        words = " ".join(found.words.split())
        of = _OF_WHAT.match(words, words.lower().find(head) + len(head))
        head += of[0].lower().rstrip() if of else ""
    if _PLURAL.search(head):
        return f"you are among the {head}"
    return f"you are {'an' if _VOWEL.match(head) else 'a'} {head}"
