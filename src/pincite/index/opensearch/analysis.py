"""Texts as our own analysis has them, for an engine that only cuts at white space."""

from __future__ import annotations

from functools import cache, lru_cache
from typing import TYPE_CHECKING

from pincite.index.lexical import tokens

if TYPE_CHECKING:
    import tantivy

LEFT_OUT = "_"
"""Stands where a word is that the index leaves out; no word holds this sign."""


@cache
def _cutter() -> tantivy.TextAnalyzer:
    from tantivy import TextAnalyzerBuilder, Tokenizer

    return TextAnalyzerBuilder(Tokenizer.simple()).build()


def placed(text: str) -> str:
    """The words of the text as `lexical.tokens` gives them, each at its place, spaces between."""
    return " ".join(_word(word) for word in _cutter().analyze(text))


@lru_cache(maxsize=200_000)
def _word(word: str) -> str:
    found = tokens(word)
    return found[0] if found else LEFT_OUT
