"""An update touches what changed and nothing else, and leaves what a clean install would."""

from __future__ import annotations

import random
import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.library.conftest import NOW

from pincite.index.dense import DenseSegment, build, read_state, segment_directory
from pincite.index.directories import may_change
from pincite.index.doctor import examine
from pincite.index.lexical import LexicalIndex, Term, tokens
from pincite.library import Library
from pincite.library.order import Order

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from numpy.typing import NDArray

    from pincite.library.read import InstalledPack


def installed(home: Path) -> InstalledPack:
    with Library.open(home) as library:
        (pack,) = library.packs()
        return pack


def files(pack: InstalledPack) -> dict[str, int]:
    """The index's files of segments, by name, with what each is on the disk."""
    kept = (".idx", ".pos", ".store", ".term", ".fast", ".fieldnorm")
    return {path.name: path.stat().st_ino for path in pack.index.iterdir() if path.suffix in kept}


def found(home: Path, words: str, *, live: bool = True) -> set[str]:
    """The identifiers of the sections that hold any of the words."""
    pack = installed(home)
    parts = [Term("text", token) for token in tokens(words)]
    with Library.open(home) as library:
        keys = [key for key, _ in LexicalIndex(pack.index).search(parts, limit=999, live_only=live)]
        places = library.places(keys)
        assert set(places) == set(keys)
        return {place.id for place in places.values()}


def edited(franklin: Any, count: int, seed: int) -> tuple[list[Any], list[Any]]:
    """Rows, and the same after a session: some changed, gone, new, moved and repealed."""
    chance = random.Random(seed)
    before = franklin.rows(count)
    after = [dict(row) for row in before]
    for at in chance.sample(range(count), count // 20):
        after[at]["text"] = f"(a) The gondolier {at} shall pay {chance.randrange(99)} marks."
    for at in chance.sample(range(count), 2):
        after[at]["act_status"] = "repealed"
    for at in sorted(chance.sample(range(count), 3), reverse=True):
        del after[at]
    for number in range(1, 4):
        at = chance.randrange(len(after))
        after.insert(at, franklin.row(f"90-1-{number}", f"(a) The gondolier {number} may row."))
    return before, after


def test_a_segment_of_the_index_that_did_not_change_is_the_same_file(franklin: Any) -> None:
    rows = franklin.rows(200)
    franklin.write(rows)
    franklin.install()
    before = installed(franklin.home)
    old = files(before)
    rows[7]["text"] = "(a) A gondolier shall be told."
    franklin.write(rows)
    franklin.install()
    after = installed(franklin.home)
    assert after.index != before.index
    assert old.items() <= files(after).items()
    assert found(franklin.home, "gondolier") == {"/us-fr/fs/s1-1-8"}
    assert LexicalIndex(after.index).size == 200


def test_the_old_index_can_still_be_read_while_and_after_the_new_one_is_made(franklin: Any) -> None:
    rows = franklin.rows(100)
    franklin.write(rows)
    franklin.install()
    reader = LexicalIndex(installed(franklin.home).index)
    word = Term("text", tokens(rows[3]["text"])[0])
    before = reader.search([word], limit=200)
    rows[3]["text"] = "Wholly new."
    franklin.write(rows)
    franklin.install()
    assert reader.search([word], limit=200) == before
    assert reader.size == 100


@pytest.mark.parametrize("seed", range(6))
def test_what_is_found_after_an_update_is_what_a_clean_install_finds(
    franklin: Any, tmp_path: Path, seed: int
) -> None:
    before, after = edited(franklin, 120, seed)
    franklin.write(before)
    franklin.install()
    franklin.write(after)
    change = franklin.install().change
    assert change.unchanged > 100
    clean = type(franklin)(franklin.packs, tmp_path / "clean")
    clean.install()
    for words in ("gondolier", "licensee", "ferry harbor", "edition", "pay marks row"):
        for live in (True, False):
            assert found(franklin.home, words, live=live) == found(clean.home, words, live=live)
    assert order(franklin.home) == order(clean.home)
    assert examine(franklin.home, now=NOW, texts=True) == ()


def test_an_update_of_nothing_that_is_law_keeps_the_index(franklin: Any) -> None:
    rows = franklin.rows(40)
    franklin.write(rows)
    franklin.install()
    before = installed(franklin.home).index
    for row in rows:
        row["source_url"] = "https://law.franklin.example/" + row["section_number"]
    franklin.write(rows)
    franklin.install()
    assert installed(franklin.home).index == before


def test_another_name_of_the_chapter_is_found_though_no_text_changed(franklin: Any) -> None:
    rows = franklin.rows(60)
    franklin.write(rows)
    franklin.install()
    rows[5] |= {"breadcrumb": "Franklin Statutes > Title 1 > Chapter 1-1 Gondolas"}
    franklin.write(rows)
    assert franklin.install().change.changed == 0
    pack = installed(franklin.home)
    hits = LexicalIndex(pack.index).search([Term("hierarchy", tokens("gondolas")[0])], limit=9)
    assert len(hits) == 1
    assert LexicalIndex(pack.index).size == 60


def test_an_index_that_lost_much_is_built_anew(franklin: Any) -> None:
    franklin.write(franklin.rows(50))
    franklin.install()
    for round_ in range(8):
        rows = franklin.rows(50)
        for at in range(4):
            rows[at]["text"] = f"(a) The gondolier of round {round_}, number {at}."
        franklin.write(rows)
        franklin.install()
        pack = installed(franklin.home)
        assert LexicalIndex(pack.index).size == 50
        # What a search weighs words by counts at most a fifth that is gone.
        holds = LexicalIndex(pack.index).frequency("text", tokens("gondolier")[0])
        assert 4 <= holds <= 4 + 50 // 5
    assert found(franklin.home, "gondolier") == {f"/us-fr/fs/s1-1-{n}" for n in (1, 2, 3, 4)}


def test_a_note_of_losses_that_cannot_be_read_means_build_anew(tmp_path: Path) -> None:
    assert may_change(tmp_path, 1, 100)
    (tmp_path / "lost.json").write_text("not a number")
    assert not may_change(tmp_path, 1, 100)
    assert not may_change(tmp_path / "none", 0, 100)


def test_a_missing_index_is_built_by_an_update(franklin: Any) -> None:
    import shutil

    rows = franklin.rows(30)
    franklin.write(rows)
    franklin.install()
    shutil.rmtree(installed(franklin.home).index)
    rows[0]["text"] = "(a) Gondolier."
    franklin.write(rows)
    franklin.install()
    assert LexicalIndex(installed(franklin.home).index).size == 30


def test_rows_that_stay_are_not_written_when_one_comes_before_them(franklin: Any) -> None:
    rows = franklin.rows(80)
    franklin.write(rows)
    franklin.install()
    before = positions(franklin.home)
    franklin.write([franklin.row("1-1-0", "(a) First of all."), *rows[:40], *rows[41:]])
    franklin.install()
    after = positions(franklin.home)
    assert {key: place for key, place in after.items() if key in before} == {
        key: place for key, place in before.items() if key in after
    }
    assert order(franklin.home)[:3] == ["/us-fr/fs/s1-1-0", "/us-fr/fs/s1-1-1", "/us-fr/fs/s1-1-2"]


@given(st.lists(st.permutations(range(12)), min_size=1, max_size=5), st.data())
def test_positions_always_rise_in_the_order_of_the_file(orders: Any, data: Any) -> None:
    stored: dict[int, float] = {}
    for rows in orders:
        kept = [row for row in rows if data.draw(st.booleans())]
        places = Order(max(stored.values(), default=0.0))
        given_out = [places.of(stored.get(row)) for row in kept]
        assert given_out == sorted(set(given_out))
        stored = dict(zip(kept, given_out, strict=True))


@given(st.lists(st.integers(0, 40), unique=True))
def test_positions_of_rows_that_keep_their_order_stay(kept: Sequence[int]) -> None:
    places = Order(41.0)
    assert [places.of(float(row + 1)) for row in sorted(kept)] == [row + 1 for row in sorted(kept)]


def test_a_section_that_gets_another_first_day_was_law_until_then(franklin: Any) -> None:
    from datetime import date

    row = franklin.row("1-1-1", "(a) Old words.", effective_date="2020-01-01")
    franklin.write([row, franklin.row("1-1-2", "(a) Others.")])
    franklin.install()
    franklin.write(
        [row | {"text": "(a) New words.", "effective_date": "2027-01-01"},
         franklin.row("1-1-2", "(a) Others.")]
    )  # fmt: skip
    change = franklin.install().change
    assert (change.added, change.changed, change.removed, change.unchanged) == (0, 1, 0, 1)
    with Library.open(franklin.home) as library:
        old, new = library.versions("/us-fr/fs/s1-1-1")
        assert old.validity.end == new.validity.start == date(2027, 1, 1)
        then = library.section("/us-fr/fs/s1-1-1", date(2026, 12, 31))
        assert then is not None
        assert then.text == "(a) Old words."
    # Once more is no change.
    franklin.write([row | {"text": "(a) New words.", "effective_date": "2027-01-01",
                           "source_url": "https://law.franklin.example/"},
                    franklin.row("1-1-2", "(a) Others.")])  # fmt: skip
    assert franklin.install().change.unchanged == 2


class Counting:
    """A model that counts the passages that it is given."""

    name = "counting"
    dimensions = 4

    def __init__(self) -> None:
        self.asked: list[str] = []

    def embed(self, texts: Sequence[str]) -> NDArray[np.float32]:
        self.asked += texts
        return np.array([[len(text) % 7 / 8, 0.1, 0, 0] for text in texts], dtype=np.float32)


def vectors(home: Path, model: Any) -> DenseSegment:
    with Library.open(home) as library:
        (pack,) = library.packs()
        build(segment_directory(pack.index), library.keyed(pack.name), model)
        return DenseSegment(segment_directory(pack.index))


def test_vectors_of_what_stays_are_carried_and_only_the_others_are_made(franklin: Any) -> None:
    rows = franklin.rows(90)
    franklin.write(rows)
    franklin.install()
    model = Counting()
    first = vectors(franklin.home, model)
    old = dict(zip(first.keys.tolist(), first.rows.tolist(), strict=True))
    assert len(model.asked) == 90
    rows[4]["text"] = "(a) The gondolier."
    del rows[9]
    franklin.write(rows)
    franklin.install()
    state = read_state(segment_directory(installed(franklin.home).index))
    assert state is not None
    assert (state.count, state.complete) == (88, True)
    second = vectors(franklin.home, model)
    assert len(model.asked) == 91
    assert "gondolier" in model.asked[-1]
    now = dict(zip(second.keys.tolist(), second.rows.tolist(), strict=True))
    assert len(now) == 89
    assert sum(now[key] == row for key, row in old.items() if key in now) == 88


def test_damaged_vectors_do_not_stand_in_the_way_of_an_update(franklin: Any) -> None:
    rows = franklin.rows(90)
    franklin.write(rows)
    franklin.install()
    vectors(franklin.home, Counting())
    (segment_directory(installed(franklin.home).index) / "segment.json").write_text("{}")
    rows[4]["text"] = "(a) The gondolier."
    franklin.write(rows)
    assert franklin.install().reason is None
    assert read_state(segment_directory(installed(franklin.home).index)) is None


def order(home: Path) -> list[str]:
    with Library.open(home) as library:
        return [section.id for _, section in library.keyed("us_fr_statutes")]


def positions(home: Path) -> dict[int, float]:
    with closing(sqlite3.connect(home / "library.db")) as connection:
        rows = connection.execute("SELECT key, position FROM sections WHERE seen_to IS NULL")
        return dict(rows.fetchall())
