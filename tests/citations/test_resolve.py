from __future__ import annotations

from dataclasses import dataclass, field, replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pincite.citations import Citation, parse
from pincite.citations.resolve import Near, Outcome, Resolution, resolve
from pincite.law.identifiers import lookup_key, parse_identifier
from pincite.law.section import Status


@dataclass
class Shelf:
    """Installed law: identifiers with status, and the subdivisions of some sections."""

    rows: dict[str, Status]
    outlines: dict[str, set[tuple[str, ...]] | None] = field(default_factory=dict)
    gives_all: bool = False
    asked: list[Near] = field(default_factory=list)

    def installed_codes(self) -> set[tuple[str, str]]:
        read = (parse_identifier(row) for row in self.rows)
        return {(one.jurisdiction, one.code) for one in read if one is not None}

    def status(self, section: str) -> Status | None:
        by_key = {lookup_key(row): status for row, status in self.rows.items()}
        return by_key.get(lookup_key(section))

    def inside(self, section: str, path: tuple[str, ...]) -> bool | None:
        outline = self.outlines.get(section, set())
        return None if outline is None else path in outline

    def sections(self, jurisdiction: str, code: str, near: Near) -> list[str]:
        """What is near and no more, so that a bound that is too tight is seen."""
        assert near.beginning.startswith(f"/{jurisdiction}/{code}/")
        self.asked.append(near)
        if self.gives_all:
            return list(self.rows)
        begins = near.beginning.casefold()
        return [row for row in self.rows if row.casefold().startswith(begins) and near.admits(row)]


OK = Status.IN_FORCE
SHELF = Shelf(
    {
        "/us-mo/rsmo/s375.1400": OK,
        "/us-mo/rsmo/s375.1402": OK,
        "/us-mo/rsmo/s375.1427": OK,
        "/us-mo/rsmo/s407.020": OK,
        "/us-mo/rsmo/s407.1500": OK,
        "/us-mo/rsmo/s407.1": Status.REPEALED,
        "/us-mo/rsmo/s4.010": OK,
        "/us-mo/rsmo/s407.100": Status.REPEALED,
        "/us-mo/rsmo/s407.105": Status.RENUMBERED,
        "/us-mo/rsmo/s407.110": Status.RESERVED,
        "/us/usc/t5/s4306...4308": Status.REPEALED,
        "/us/usc/t7/s1008,1009": OK,
        "/us/usc/t15/s6801": OK,
        "/us-ma/mgl/c93H/s1": OK,
        "/us-ma/mgl/c93H/s3A": OK,
        "/us-ma/mgl/c93I/s2": OK,
        "/us-ma/cmr/t201/s17.01": OK,
        "/us-fr/fs/s12-3-401": OK,
    },
    {"/us-mo/rsmo/s407.1500": {("2",), ("2", "1")}, "/us/usc/t15/s6801": None},
)


def _resolve(text: str) -> Resolution:
    citation = parse(text)
    assert citation is not None, text
    return resolve(citation, SHELF)


def test_a_code_that_is_not_installed_is_named_and_never_called_no_such_law() -> None:
    result = _resolve("20 CSR 100-6.110")
    assert result.outcome is Outcome.NOT_INSTALLED
    assert result.message == "The Missouri Code of State Regulations is not installed."
    assert not result.found


@pytest.mark.parametrize(
    ("text", "outcome", "message"),
    [
        ("RSMo 407.1500", Outcome.FOUND, ""),
        ("RSMo 407.1500.2(1)", Outcome.FOUND, ""),
        ("g.l. c. 93h, § 3a", Outcome.FOUND, ""),
        (
            "RSMo 407.1500.9",
            Outcome.NO_SUBDIVISION,
            "Mo. Rev. Stat. § 407.1500 has no subdivision 9.",
        ),
        (
            "RSMo 407.9999",
            Outcome.NO_SECTION,
            "There is no Mo. Rev. Stat. § 407.9999 in the installed Missouri Revised Statutes.",
        ),
        ("RSMo 407.100", Outcome.REPEALED, "Mo. Rev. Stat. § 407.100 is repealed."),
        ("RSMo 407.105", Outcome.RENUMBERED, "Mo. Rev. Stat. § 407.105 is renumbered."),
        (
            "RSMo 407.110",
            Outcome.NOT_IN_FORCE,
            "Mo. Rev. Stat. § 407.110 is reserved and holds no law.",
        ),
    ],
)
def test_every_outcome_has_its_word(text: str, outcome: Outcome, message: str) -> None:
    result = _resolve(text)
    assert (result.outcome, result.message) == (outcome, message)


def test_a_doubtful_outline_is_no_missing_subdivision() -> None:
    assert _resolve("15 USC 6801(b)").outcome is Outcome.DOUBTFUL_SUBDIVISION


def test_a_range_leads_to_the_sections_that_are_in_it() -> None:
    assert _resolve("RSMo §§ 375.1400 to 375.1427").sections == (
        "/us-mo/rsmo/s375.1400",
        "/us-mo/rsmo/s375.1402",
        "/us-mo/rsmo/s375.1427",
    )


def test_a_section_that_a_row_holds_with_others_leads_to_that_row() -> None:
    assert _resolve("5 U.S.C. § 4307").sections == ("/us/usc/t5/s4306...4308",)
    assert _resolve("5 U.S.C. § 4307").outcome is Outcome.REPEALED
    assert _resolve("7 U.S.C. § 1009").sections == ("/us/usc/t7/s1008,1009",)
    assert _resolve("7 U.S.C. §§ 1008, 1009").found
    assert _resolve("7 U.S.C. § 4307").outcome is Outcome.NO_SECTION


def test_a_chapter_leads_to_its_sections_and_to_no_other_chapter_s() -> None:
    assert _resolve("chapter 375, RSMo").sections == (
        "/us-mo/rsmo/s375.1400",
        "/us-mo/rsmo/s375.1402",
        "/us-mo/rsmo/s375.1427",
    )
    assert _resolve("201 CMR 17.00").sections == ("/us-ma/cmr/t201/s17.01",)
    assert _resolve("201 CMR 18.00").outcome is Outcome.NO_SECTION
    assert _resolve("chapter 4, RSMo").sections == ("/us-mo/rsmo/s4.010",)
    assert _resolve("G.L. c. 93H").sections == ("/us-ma/mgl/c93H/s1", "/us-ma/mgl/c93H/s3A")


def test_a_large_code_is_read_only_near_the_number() -> None:
    shelf = Shelf(SHELF.rows, SHELF.outlines)
    for text in ("chapter 375, RSMo", "RSMo 407.9999", "7 U.S.C. § 1009", "G.L. c. 93H"):
        citation = parse(text)
        assert citation is not None
        resolve(citation, shelf)
    assert shelf.asked == [
        Near("/us-mo/rsmo/", 375, 375),
        Near("/us-mo/rsmo/", 407, 407),
        Near("/us/usc/t7/", 1009, 1009),
        Near("/us-ma/mgl/c93H/"),
    ]


_NUMBERS = st.from_regex(r"0?[1-9][0-9]{0,2}([.:-][0-9]{1,3}){0,2}[A-Z]?", fullmatch=True)


@given(rows=st.lists(st.tuples(_NUMBERS, st.none() | _NUMBERS), max_size=8), data=st.data())
def test_what_is_near_leaves_nothing_out(
    rows: list[tuple[str, str | None]], data: st.DataObject
) -> None:
    """Whatever a code that gives every section leads to, one that gives the near ones does."""
    ids = [f"/us-mo/rsmo/s{n}" + (f"...{end}" if end else "") for n, end in rows]
    table = dict.fromkeys((*ids, "/us-mo/rsmo/s0.1"), OK)
    number, through = data.draw(_NUMBERS), data.draw(st.none() | _NUMBERS)
    section = Citation(jurisdiction="us-mo", code="rsmo", number=number, through=through)
    chapter = replace(section, through=None, unit="chapter")
    for citation in (section, chapter):
        assert resolve(citation, Shelf(table)) == resolve(citation, Shelf(table, gives_all=True))
