"""SQLite FTS5 with its porter stemmer, ranked by its bm25()."""

from __future__ import annotations

import re
import sqlite3
from typing import TYPE_CHECKING

from places import places, rows

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


def build(corpus: Path, work: Path) -> None:
    for place in places(corpus):
        connection = sqlite3.connect(work / f"{place.name}.db")
        connection.execute(
            "CREATE VIRTUAL TABLE law USING fts5(id UNINDEXED, heading, text, tokenize='porter')"
        )
        connection.executemany("INSERT INTO law VALUES (:id, :heading, :text)", rows(place))
        connection.commit()
        connection.close()


def opened(_corpus: Path, work: Path, _model: str | None) -> Callable[[str, str, int], list[str]]:
    open_files = {path.stem: sqlite3.connect(path) for path in work.glob("*.db")}

    def search(question: str, place: str, limit: int) -> list[str]:
        # A question is no query of FTS5: its words are sought, any of them.
        query = " OR ".join(f'"{word}"' for word in re.findall(r"\w+", question))
        found = open_files[place].execute(
            "SELECT id FROM law WHERE law MATCH ? ORDER BY rank LIMIT ?", (query, limit)
        )
        return [row[0] for row in found]

    return search
