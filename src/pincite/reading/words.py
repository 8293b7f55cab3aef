"""The word lists of the reading rules, kept as data in words.toml."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files


@cache
def _lists() -> dict[str, dict[str, str]]:
    return tomllib.loads(files("pincite.reading").joinpath("words.toml").read_text("utf-8"))


def words(table: str, name: str) -> tuple[str, ...]:
    """The words of one list, in the order of the file."""
    return tuple(_lists()[table][name].split())
