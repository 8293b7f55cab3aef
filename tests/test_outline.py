"""Outlines: which labels are subdivisions, how deep they stand, where they begin and end."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from tests.hanging import no_hang

from pincite.law.outline import outline


def paths(text: str) -> list[str]:
    return ["/".join(unit.path) for unit in outline(text).walk()]


def held(text: str, words: str) -> str:
    """The path of the sure subdivision that holds `words`, or nothing."""
    start = text.index(words)
    unit = outline(text).at(start, start + len(words))
    return "/".join(unit.path) if unit else ""


def test_letters_numbers_and_roman_numerals_nest() -> None:
    text = (
        "(a) A dealer shall:\n(1) keep a ledger of\n(A) hives;\n(B) swarms sold:\n(i) by day; or\n"
        "(ii) by night; and\n(2) show it.\n(b) A fee is due."
    )
    assert paths(text) == [
        *("a", "a/1", "a/1/A", "a/1/B", "a/1/B/i", "a/1/B/ii", "a/2", "b"),
    ]


def test_the_letter_i_between_h_and_j_is_a_letter() -> None:
    text = "\n".join(f"({label}) A keeper shall file form {label}." for label in "abcdefghijk")
    assert paths(text) == list("abcdefghijk")


def test_the_numeral_i_below_h_is_a_numeral_when_ii_follows() -> None:
    letters = "\n".join(f"({label}) A keeper shall file." for label in "abcdefgh")
    text = f"{letters}\n(i) by post; or\n(ii) in person.\n(i) The registrar shall answer."
    assert paths(text)[-4:] == ["h", "h/i", "h/ii", "i"]


def test_capital_letters_with_a_full_stop_are_read_as_in_maryland_and_new_mexico() -> None:
    text = "A. A ferry shall:\n\n(1) sound a horn; and\n\n(2) carry a lamp.\n\nB. This is a duty."
    assert paths(text) == ["A", "A/1", "A/2", "B"]


def test_numbers_with_a_full_stop_are_read_as_in_missouri() -> None:
    text = "1. No person shall:\n\n(1) Fish; or\n\n(2) Row.\n\n2. A row is an offense."
    assert paths(text) == ["1", "1/1", "1/2", "2"]


def test_subdivision_words_are_read_as_in_minnesota() -> None:
    text = "Subdivision 1. Scope. This applies.\nSubd. 2. Duty. (a) File.\n(b) Pay.\nSubd. 3. End."
    assert paths(text) == ["1", "2", "2/a", "2/b", "3"]


def test_labels_stacked_on_one_line_each_get_their_own_subdivision() -> None:
    text = "(1) (a) A beekeeper may sell.\n(b) (I) A buyer may ask.\n(II) And wait.\n(2) The end."
    assert paths(text) == ["1", "1/a", "1/b", "1/b/I", "1/b/II", "2"]


def test_labels_glued_to_their_text_are_found() -> None:
    assert paths("(1)The owner pays.\n(2)The keeper signs.") == ["1", "2"]
    assert paths("A.A person may row.\nB.A child may not.") == ["A", "B"]


@pytest.mark.parametrize(
    "labels",
    [
        ("1", "1.5", "2", "2-a", "3"),
        ("a", "a.5", "b", "b-1", "c"),
        ("1", "2", "3", "3m", "4"),
        ("1", "2", "2a", "2b", "3"),
    ],
)
def test_inserted_labels_do_not_break_sequence(labels: tuple[str, ...]) -> None:
    text = "\n".join(f"({label}) The board shall meet." for label in labels)
    assert paths(text) == list(labels)
    assert outline(text).breaks == ()


def test_doubled_letters_follow_z() -> None:
    labels = [*"abcdefghijklmnopqrstuvwxyz", "aa", "bb"]
    text = "\n".join(f"({label}) “Term {label}” means a word." for label in labels)
    assert paths(text) == labels


def test_a_range_of_repealed_labels_closes_the_gap() -> None:
    text = "(a) File.\n(b) to (d) Repealed.\n(e) Pay."
    found = outline(text)
    assert paths(text) == ["a", "b", "e"]
    assert found.breaks == ()
    assert all(unit.sure for unit in found.walk())


def test_a_missing_label_is_a_break_and_not_sure() -> None:
    found = outline("(a) File.\n(b) Pay.\n(d) Wait.\n(e) Go.")
    assert [(unit.label, unit.sure) for unit in found.walk()] == [
        *(("a", True), ("b", True), ("d", False), ("e", True)),
    ]
    assert len(found.breaks) == 1
    assert "(d)" in found.breaks[0]


def test_references_in_running_text_are_no_subdivisions() -> None:
    text = (
        "(a) A person licensed under subsection (b) of this section or paragraphs (1) and (2) of "
        "subdivision (c) shall, within thirty (30) days, file as provided in (b)(1) of this "
        "section and in 15 U.S.C. 6801(a)(1), section 12-3-4 (a) and § 7 (b).\n(b) A fee is due."
    )
    assert paths(text) == ["a", "b"]


def test_a_reference_that_a_hard_line_break_cuts_is_no_subdivision() -> None:
    text = "(a) Notwithstanding Section\n7657.\n\n(b) If paragraphs (1) and\n(2) do not apply, pay."
    assert paths(text) == ["a", "b"]


def test_an_enumeration_inside_a_line_is_found_when_it_runs_in_sequence() -> None:
    text = (
        "(a) The clerk shall: (1) Record the deed; (2) send a copy to (A) the seller and (B) the "
        "buyer; and (3) keep the fee.\n\n(b) This is all."
    )
    assert paths(text) == ["a", "a/1", "a/2", "a/2/A", "a/2/B", "a/3", "b"]


def test_enumerations_of_two_sentences_that_share_labels_are_no_subdivisions() -> None:
    text = "A sale is (i) open or (ii) closed. A lease is (i) long or (ii) short."
    assert paths(text) == []


def test_the_sentence_after_an_enumeration_inside_a_line_belongs_to_the_level_above() -> None:
    text = "(a) A town may (1) tax boats and (2) dredge the bay. The mayor shall report yearly."
    assert held(text, "dredge the bay") == "a/2"
    assert held(text, "The mayor shall report") == "a"


def test_unlabelled_text_after_a_list_returns_to_the_level_of_its_lead_in() -> None:
    text = (
        "(a) A keeper shall:\n\n(1) feed the bees; and\n\n(2) mend the hives.\n\n"
        "A keeper who fails to do so pays ten dollars.\n\n(b) This is law."
    )
    assert held(text, "mend the hives") == "a/2"
    assert held(text, "A keeper who fails") == "a"


def test_unlabelled_text_stays_where_the_labels_before_it_hold_such_text_too() -> None:
    text = "(1) Dogs.\n\nA dog is a pet.\n\n(2) Cats.\n\nA cat is a pet."
    assert held(text, "A cat is a pet") == "2"


def test_text_before_the_first_label_belongs_to_no_subdivision() -> None:
    text = "In this chapter:\n(1) “Bee” means an insect.\n(2) “Hive” means a box."
    assert held(text, "In this chapter") == ""
    assert held(text, "an insect") == "1"


@pytest.mark.parametrize(
    "note",
    [
        "[History. Laws 1995, ch. 16, § 1.]",
        "(History: Added by Stats. 1978, Ch. 567.)",
        "HISTORY: 1962 Code Section 1-594; 1973 (58) 350.",
        "SourceLaws 1996, LB 847, § 15;Laws 2002, LB 407, § 14.",
        "Source:SL 1965, ch 37, §3; SL 1982, ch 147, §6.",
        "1995, c. 156, § 2.1-133.8; 1998, c. 712.",
        "[ 1998 c 26 s 1; 1993 c 420 s 2.]",
        "[7-1607, added 2023, ch. 228, sec. 1, p. 703.]",
        "(1949 Rev., S. 1718; June, 1955, S. 1036d.)",
        "[L 1972, c 9, pt of §1]",
        "[Statutory Authority: RCW 46.01.110. WSR 20-04-012, § 1.]",
    ],
)
def test_a_source_note_ends_the_outline(note: str) -> None:
    text = f"(a) Row.\n(b) Rest.\n{note}\n(c) as amended in (a)."
    found = outline(text)
    assert text[found.note_start :].startswith(note[:8])
    assert paths(text) == ["a", "b"]
    assert found.roots[-1].end == text.index("\n" + note)


def test_without_a_source_note_the_note_begins_at_the_end() -> None:
    assert outline("(a) Row.\n(b) Rest.").note_start == len("(a) Row.\n(b) Rest.")


def test_articles_of_a_compact_hold_their_own_lists() -> None:
    text = (
        "ARTICLE I. PURPOSE\n\n(a) To help.\n\n(b) To share.\n\nARTICLE II. TERMS\n\n(a) Ten years."
        "\n\n(b) No more."
    )
    assert paths(text) == [
        *("Article I", "Article I/a", "Article I/b"),
        *("Article II", "Article II/a", "Article II/b"),
    ]
    assert all(unit.sure for unit in outline(text).walk())


def test_a_list_that_begins_again_is_a_break_and_neither_is_sure() -> None:
    text = "The town may:\n(1) row; or\n(2) swim.\nThe state may:\n(1) fly; or\n(2) walk."
    found = outline(text)
    assert paths(text) == ["1", "2", "1", "2"]
    assert not any(unit.sure for unit in found.walk())
    assert found.at(text.index("fly"), text.index("fly") + 3) is None


def test_excerpts_repeat_the_labels_they_are_in() -> None:
    text = (
        "(2)(b) Find risks\n\n[...]\n\n(2)(f)1. Choose well\n\n[...]\n\n(2)(f)2. Contract\n\n[...]"
    )
    assert paths(text) == ["2", "2/b", "2/f", "2/f/1", "2/f/2"]
    assert held(text, "Contract") == "2/f/2"


def test_what_follows_an_omission_without_a_label_is_in_no_subdivision() -> None:
    text = "Subd. 1. (b) A keeper may ask.\n\n[...]\n\nA keeper may also wait."
    assert held(text, "may ask") == "1/b"
    assert held(text, "may also wait") == ""


def test_find_takes_the_case_as_printed_and_any_case_that_is_not_ambiguous() -> None:
    found = outline("(a) Row:\n(1) far;\n(A) fast.\n(B) slow.\n(2) near.\n(b) Rest.")
    assert (unit := found.find(("a", "1", "B"))) is not None
    assert unit.label == "B"
    assert found.find(["A", "1", "b"]) is unit
    assert found.find(["a", "9"]) is None


def test_find_is_silent_where_only_the_case_tells_two_apart() -> None:
    found = outline("(a) Row.\n(A) far.\n(B) near.\n(b) Rest:\n(A) long;\n(B) short.")
    assert found.find(("b", "A")) is not None
    assert outline("(a) Row.\n(b) Rest.\nA. Fish.\nB. Swim.").find(["B", "B"]) is not None


def test_body_and_end_leave_out_the_marker_and_trailing_space() -> None:
    text = "(a)  Row far.  \n\n(b) Rest."
    first = outline(text).roots[0]
    assert text[first.start : first.body] == "(a)  "
    assert text[first.body : first.end] == "Row far."


def test_an_empty_text_has_an_empty_outline() -> None:
    found = outline("")
    assert (found.length, found.roots, found.tiles()) == (0, (), ())


@pytest.mark.parametrize(
    "text",
    [
        *("(a)" * 333_000, "(a)\n" * 250_000, "(a)(1)(A)(i)(I)" * 66_000, "1. " * 330_000),
        *("one (1) " * 120_000, "section (a), (b), " * 55_000, "[ " * 500_000, " " * 1_000_000),
    ],
    ids=["glued", "lines", "nest", "dots", "words", "references", "brackets", "blanks"],
)
def test_a_hostile_text_of_a_megabyte_does_not_hang_the_outline(text: str) -> None:
    with no_hang():
        found = outline(text)
    assert found.length == len(text)


@pytest.mark.packs
def test_the_real_packs_tile_and_rarely_break_sequence() -> None:
    pq = pytest.importorskip("pyarrow.parquet")
    packs = os.environ.get("PINCITE_PACKS")
    if not packs:
        pytest.skip("PINCITE_PACKS is not set")
    labelled = breaking = 0
    for path in sorted(Path(packs).glob("*.parquet")):
        column = pq.read_table(path, columns=["text"]).column("text")
        for row in range(0, len(column), 301):
            found = outline(column[row].as_py() or "")
            labelled += bool(found.roots)
            breaking += bool(found.breaks)
            tiles = found.tiles()
            assert sum(end - start for start, end in tiles) == found.length
    assert breaking < 0.02 * labelled
