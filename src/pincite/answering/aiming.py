"""What the question looks for inside the sections that were found."""

from __future__ import annotations

from collections import defaultdict
from functools import partial
from typing import TYPE_CHECKING

from pincite.answering.findings import Aim
from pincite.answering.quantities import quantities_asked
from pincite.index.lexical import tokens

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    import numpy as np
    from numpy.typing import NDArray

    from pincite.models.base import EmbeddingModel
    from pincite.retrieval.understand import Understanding


def aim_of(understood: Understanding) -> Aim:
    """The question's words, each once, and its topics' terms weighed by the topics' shares."""
    terms: dict[str, float] = defaultdict(float)
    for match in understood.topics:
        for line in match.topic.terms:
            for token in set(tokens(line)):
                terms[token] += match.share
    return Aim(
        text=understood.text,
        words=dict.fromkeys(understood.words, 1.0),
        terms=dict(terms),
        asks=understood.asks,
        quantities=quantities_asked(understood.text),
    )


def meaning_of(
    understood: Understanding, passages: EmbeddingModel | None
) -> Callable[[Sequence[str]], Sequence[float]] | None:
    """Cosines of texts to the question, or `None` where there is no model.

    `passages` is the model for the texts of law.
    """
    if passages is None or understood.vector is None:
        return None
    return partial(_cosines, passages, understood.vector)


def _cosines(
    model: EmbeddingModel, question: NDArray[np.float32], texts: Sequence[str]
) -> Sequence[float]:
    return [float(cosine) for cosine in model.embed(texts) @ question]
