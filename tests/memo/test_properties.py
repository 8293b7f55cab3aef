"""What holds of every memo: nothing raises, findings are where they say, true words are good."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pincite.library.read import Library
from pincite.parsing.memo_text import read_markdown
from pincite.verification.memo.matching import locate
from pincite.verification.memo.pieces import pieces, whole
from pincite.verification.memo.tokens import LawTokens

if TYPE_CHECKING:
    from pathlib import Path

    from tests.memo.conftest import Checker

QUICK = settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
MEMO = st.lists(
    st.sampled_from(
        ["“", "”", '"', "FS 12-3-402", "(b)(3)", "Id.", "§", " ", "\n\n", "> ", "[^1]", "[^1]: ",
         "shall not", "subsection (b)", "and", ",", "…", "[t]he", "123 F.3d 456", "§ 12-3-401",
         "A controller", ". ", ";"]
    )
    | st.text(max_size=6),
    max_size=40,
).map(" ".join)  # fmt: skip


@given(memo=MEMO)
@QUICK
def test_every_finding_is_where_it_says_whatever_the_memo_is(check: Checker, memo: str) -> None:
    data = memo.replace("\0", "").encode("utf-8", "replace")
    if not data.strip():
        return
    passages = read_markdown(data, source="m")
    found = check(data, "m.md")
    assert found.passages == len(passages)
    for one in found.findings:
        assert passages[one.passage].text[one.start : one.end] == one.text
        assert one.text
        assert one.message


@given(data=st.data())
@QUICK
def test_any_run_of_words_of_a_section_is_good_where_it_stands(
    check: Checker, franklin: Path, data: st.DataObject
) -> None:
    library = Library.open(franklin)
    ids = [i for i in library.identifiers("us-fr", "fs") if library.section(i).status == "in_force"]  # type: ignore[union-attr]
    section = library.section(data.draw(st.sampled_from(ids)))
    assert section is not None
    if section.validity.start is not None or "..." in section.id or len(section.text.split()) < 8:
        return
    words = section.text.split()
    first = data.draw(st.integers(0, len(words) - 6))
    count = data.draw(st.integers(5, 40))
    quote = " ".join(words[first : first + count])
    if any(mark in quote for mark in '“”"[]…'):
        return
    found = check(f"It reads “{quote}” ({section.citation}).")
    assert found.faulty == (), (quote, [one.message for one in found.faulty])


@given(text=st.text(max_size=200), start=st.integers(0, 200), end=st.integers(0, 200))
@QUICK
def test_what_is_cut_from_a_text_is_located_in_it(text: str, start: int, end: int) -> None:
    cut = text[min(start, end) : max(start, end)].strip()
    parts = whole(cut, 0, len(cut))
    words = [word.text for part in parts for word in part.words]
    law = LawTokens(text)
    inside = [token.text for token in law.all]
    if parts and any(words == inside[n : n + len(words)] for n in range(len(inside))):
        assert locate(parts, law) is not None
    for part in pieces(text, 0, len(text)):
        assert 0 <= part.start < part.end <= len(text)
