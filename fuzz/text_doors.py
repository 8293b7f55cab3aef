"""Doors that take text: outlines, provisions, citations, identifiers, settings, questions."""

from __future__ import annotations

import json
import os
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any

from fuzz.door import Door, text_of

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    Through = Callable[[bytes], object]

NOW = datetime(2026, 11, 21, 10, 0, tzinfo=UTC)
TODAY = NOW.date()


def identifiers(_: Path) -> Through:
    from pincite.law.identifiers import escape, lookup_key, parse_identifier, unescape

    def through(data: bytes) -> object:
        found = parse_identifier(text_of(data))
        if found is not None:
            for label in found.pinpoint:
                assert unescape(escape(label)) == label
            again = parse_identifier(str(found))
            assert again == found, "an identifier is not read as it is printed"
            lookup_key(found.key)
        return found

    return through


def outlines(_: Path) -> Through:
    from pincite.law.outline import outline

    def through(data: bytes) -> object:
        text = text_of(data)
        found = outline(text)
        tiles = found.tiles()
        assert all(start < end for start, end in tiles)
        assert not text or (tiles[0][0], tiles[-1][1]) == (0, len(text))
        for unit in found.walk():
            assert 0 <= unit.start < unit.body <= unit.end <= len(text)
            assert all(unit.body <= below.start <= below.end <= unit.end for below in unit.children)
        return found

    return through


def provisions(_: Path) -> Through:
    from pincite.law.outline import outline
    from pincite.reading.definitions import definitions
    from pincite.reading.quantities import quantities
    from pincite.reading.read import read
    from pincite.reading.references import references

    def through(data: bytes) -> object:
        text = text_of(data)
        heading, _, body = text.partition("\n")
        heading, body = (heading, body) if len(heading) < 200 else ("", text)
        found = outline(body)
        read_ = read(body, found, heading)
        for one in read_:
            assert 0 <= one.start <= one.end <= len(body)
        return read_, definitions(body, found, heading), quantities(body), references(body)

    return through


def citations_found(_: Path) -> Through:
    from pincite import citations
    from pincite.citations.load import jurisdictions

    names = (None, *sorted(jurisdictions()))

    def through(data: bytes) -> object:
        home = names[data[0] % len(names)] if data else None
        text = text_of(data[1:])
        found = citations.find(text, jurisdiction=home)
        at = 0
        for one in found:
            assert at <= one.start < one.end <= len(text), "citations overlap or lie outside"
            at = one.end
            citations.official(one.citation)
            citations.local(one.citation)
        return found

    return through


def citations_parsed(_: Path) -> Through:
    from pincite import citations
    from pincite.citations.load import jurisdictions
    from pincite.citations.parse import from_identifier

    names = (None, *sorted(jurisdictions()))

    def through(data: bytes) -> object:
        home = names[data[0] % len(names)] if data else None
        text = text_of(data[1:])
        named = from_identifier(text)
        found = citations.parse(text, jurisdiction=home)
        for one in (named, found):
            if one is not None:
                citations.official(one)
                citations.local(one)
                from_identifier(one.id)
        return named, found

    return through


def settings(folder: Path) -> Through:
    from pincite.settings import load_settings

    file = folder / "pincite.toml"

    def through(data: bytes) -> object:
        toml, _, options = data.partition(b"\0")
        file.write_bytes(toml)
        given: Any = None
        if options:
            try:
                given = json.loads(options)
            except (ValueError, RecursionError):
                given = {"packs": text_of(options)}
        kept = {name: os.environ.pop(name) for name in [*os.environ] if name.startswith("PINCITE_")}
        os.environ["PINCITE_CONFIG"] = str(file)
        try:
            return load_settings(given if isinstance(given, dict) else None)
        finally:
            del os.environ["PINCITE_CONFIG"]
            os.environ.update(kept)

    return through


def questions(_: Path) -> Through:
    from pincite.answer import Question
    from pincite.retrieval import topic_vectors
    from pincite.retrieval.understand import understand

    matcher = topic_vectors.matcher()

    def through(data: bytes) -> object:
        # Half a surrogate pair is refused before a question is understood.
        text = text_of(data)[:20_000].encode("utf-8", "replace").decode().strip() or "?"
        question = Question(text=text, as_of=TODAY, asked_at=NOW)
        return understand(question, matcher, installed=("us", "us-fr", "us-mo"))

    return through


def dates_and_names(_: Path) -> Through:
    """Small readers of one line each, which other doors reach seldom."""
    from pincite.law.currency import current_date, is_before
    from pincite.law.jurisdiction import by_pack_code, jurisdiction
    from pincite.law.pages import pages_from, pages_text
    from pincite.reading.effective import effective_period
    from pincite.reading.quantities import value_of

    def through(data: bytes) -> object:
        text = text_of(data)
        pages = pages_from(text, 1000)
        assert pages_from(pages_text(pages), 1000) == pages
        return (
            current_date(text),
            is_before(date(2026, 1, 1), text),
            by_pack_code(text),
            jurisdiction(text),
            effective_period(text),
            value_of(text),
            pages,
        )

    return through


LAW = (
    "(a)", "(b)", "(1)", "(2)", "(A)", "(i)", "(ii)", "(iv)", "(aa)", "1.", "2.", "A.", "a.", "i.",
    "Subd. 1.", "Subdivision 2.", "subpart A", "ARTICLE I", "\n", "\n\n", ". ", "; and ", "; or ",
    "Repealed.", "[Reserved]", "[...]", "* * *", "[History. 1999, c. 1.]", "PDFRCW 1\n", "(2-a)",
    "the keeper shall", "may not", "must", "unless", "except as provided in", "means", "“ferry”",
    '"ferry" means', "within 30 days", "$5,000", "fifty percent", "not more than",
    "January 1, 2027", "if", "who", "that", "including", ", ", " of this section",
    "section 12-3-402", "subsection (b)", "does not apply to", "for the purposes of",
    "shall be liable", "each", "any person", ":", "—",
)  # fmt: skip
CITED = (
    "15 U.S.C. § 6801(b)", "16 C.F.R. § 314.4", "Mo. Rev. Stat. § ", "407.1500.2(1)", "RSMo ",
    "section 407.1500, RSMo", "Minn. Stat. § 325M.16, subd. 1(a)", "Minn. R. 2705.1000", "RCW ",
    "G.L. c. 93H, § 3", "201 CMR 17.03(2)(f)1.", "NMSA 1978, § 57-12C-5", "13.1.3.18 NMAC",
    "NYCRR", "Cal. Civ. Code § 1798.100", "C.R.S. 6-1-1301", "4 CCR 904-3", "20 CSR 100-6.110",
    "GBL 899-aa", "Tex. Bus. & Com. Code § 521.053", "1 TAC § 202.1", "WAC 284-04-625",
    "D.C. Code § 28-3851", "FS 12-3-402", "Frank. Stat. § 12-3-402", "Frank. Admin. Code 7-1",
    "§§ ", "§ ", " to ", " and ", ", ", "-", "–", ".", ":", "(a)", "(1)", "et seq.", " note",
    " app.", "subd. ", "chapter ", "tit. ", "ch. ", "pt. ", "of this title", "(2024)",
    "(West 2020)", "Section ", "through ", "or ", "¶ ",
)  # fmt: skip
PATHS = (
    "/us", "/us-mo", "/us-fr", "/rsmo", "/fs", "/usc", "/t15", "/s6801", "/s407.1500", "/2", "/a",
    "/13.1.3.18", "/nmac", "@2026-01-01", "@", "@2026-02-30", "%28", "%", "%2F", "%ud800", "...",
    "/internal", "/us/usc/t15/s6801/b", "/us-mo/rsmo/s407.1500/2/1@2026-01-01", "s", "/c93H/s3",
)  # fmt: skip
TOML = (
    "home", "packs", "models", "model", "vectors", "statements", "offline", "url", "keep_days",
    "webhook_private", "ecfr_url", "=", " = ", "true", "false", "1", "0", "-1", "201", '"', "'",
    '"x"', "\n", "[", "]", "[[a]]", "{", "}", "#", "https://a.example", "https://a.example/",
    "http://", "\0", '{"statements": ', '{"home": ', "null", "1e400", "1979-05-27T07:32:00Z",
    "inf", "nan", '"""', "\\", "0x", "_", "\u0000", "~", "~nobody/x", "\\u0000",
    '{"url": "https://[::1"}',
)  # fmt: skip
ASKED = (
    "Can I ", "must we ", "What is ", "by when ", "how much ", "in Missouri", "in Franklin",
    "Texas", "Washington", "Georgia", "Paris, Texas", "our Seattle store", "NY", "D.C.",
    "St. Louis", "we are an ", "insurer", "40 employees", "a bank", "breach", "notice",
    "service provider", "personal information", "customer service tools", "penalty", "minors",
    "landlord", "wage", "overtime", "?", ", ", " and ", "“personal data”", '"', "as of 2024",
    "last year", "§ 407.1500", "16 CFR 314", "63101", "not", "the",
)  # fmt: skip


def law_seeds() -> tuple[bytes, ...]:
    from pincite.law.section import Kind
    from pincite.sample.law import written

    texts = [one.text for kind in (Kind.STATUTE, Kind.REGULATION) for one in written(kind, 1)]
    return tuple(text[:3000].encode() for text in texts[:40]) + tuple(
        text[:60].encode() for text in texts[:20]
    )


def short(*words: str) -> Callable[[], tuple[bytes, ...]]:
    return lambda: tuple(word.encode("utf-8", "surrogatepass") for word in words)


def cited(words: tuple[str, ...]) -> Callable[[], tuple[bytes, ...]]:
    return lambda: tuple(bytes((n * 7 % 256,)) + word.encode() for n, word in enumerate(words))


SMALL = (
    "2026", "-", "Session", "0:1", "12:4", ",", "[Effective January 1, 2027]", "until", "July",
    "forty-", "two", "hundred", "Missouri", "mo", "1,000", "million",
)  # fmt: skip
SMALL_SEEDS = short(
    "2026 Regular Session (2026-07-01)",
    "0:1,30:2",
    "us-mo",
    "Scope [Effective until July 1, 2027]",
    "two hundred fifty thousand",
)
SETTINGS = short(
    "",
    "offline = true\n",
    'url = "https://x.org"\nstatements = 3\n',
    '\0{"statements": 3}',
)
QUESTIONS = short(
    "Can I use third-party customer service tools in Franklin?",
    "How soon must a service provider give notice of a breach in the State of Franklin?",
    "What are the requirements in Seattle and in Texas for insurers with 40 employees?",
)

DOORS = (
    Door(name="identifiers", make=identifiers, seeds=short(*PATHS), words=PATHS),
    Door(name="small", make=dates_and_names, seeds=SMALL_SEEDS, words=SMALL),
    Door(name="outline", make=outlines, seeds=law_seeds, words=LAW),
    Door(name="provisions", make=provisions, seeds=law_seeds, words=LAW),
    Door(name="citations-find", make=citations_found, seeds=cited(CITED), words=CITED),
    Door(name="citations-parse", make=citations_parsed, seeds=cited(CITED), words=CITED + PATHS),
    Door(name="settings", make=settings, seeds=SETTINGS, words=TOML, pure=False),
    Door(name="question", make=questions, seeds=QUESTIONS, words=ASKED),
)
