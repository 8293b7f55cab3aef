"""The best candidates once more, by what their best passages mean."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from pincite.index.lexical import tokens

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from pincite.answer import Evidence
    from pincite.models.base import EmbeddingModel
    from pincite.reading.provision import Provision
    from pincite.reading.readings import Readings, ReadSection

HEAD = 24  # candidates that are read
_PASSAGES = 3  # of each, those nearest in words
_LONGEST = 500  # characters of a passage
# Weights beside 1.0 for the words' score, fitted by a softmax over the candidates of a question
# on the development sets, cross-validated by jurisdiction (docs/retrieval.md).
_PLACE, _PASSAGE, _HEADING = 0.09, 0.89, 0.23


class Reranker:
    """Scores passages by an embedding model. It may be used from several threads."""

    def __init__(self, model: EmbeddingModel) -> None:
        self._model = model

    def rerank(
        self,
        question: str,
        evidence: Sequence[Evidence],
        sought: Mapping[str, float],
        readings: Readings,
    ) -> tuple[Evidence, ...]:
        """The evidence, its first `HEAD` put in a new order with new scores.

        `sought` are the words and terms looked for with their weights; they choose the passages.
        """
        head, tail = evidence[:HEAD], evidence[HEAD:]
        if not head:
            return ()
        texts = [question]
        owners: list[int] = []
        for place, item in enumerate(head):
            section = item.section
            texts.append(f"{section.heading}. {section.document_name}")
            passages = nearest(readings.of(section), sought, _PASSAGES)
            texts += [text[:_LONGEST] for text in passages]
            owners += [place] * (1 + len(passages))
        vectors = self._model.embed(texts)
        cosines = vectors[1:] @ vectors[0]
        headings = [0.0] * len(head)
        bodies = [0.0] * len(head)
        before = -1
        for owner, cosine in zip(owners, cosines, strict=True):
            if owner != before:
                headings[owner] = float(cosine)
            else:
                bodies[owner] = max(bodies[owner], float(cosine))
            before = owner
        top = max(item.score for item in head) or 1.0
        scored = [
            replace(
                item,
                score=item.score / top
                + _PLACE / (place + 1)
                + _PASSAGE * bodies[place]
                + _HEADING * headings[place],
                found_by=(*item.found_by, "vectors"),
            )
            for place, item in enumerate(head)
        ]
        scored.sort(key=lambda item: -item.score)
        least = scored[-1].score
        rest = [replace(item, score=min(least, item.score / top)) for item in tail]
        return (*scored, *rest)


def nearest(read: ReadSection, sought: Mapping[str, float], count: int) -> list[str]:
    """The provisions of a section that hold most of the sought weight, best first."""

    def worth(provision: Provision) -> float:
        words = set(tokens(read.words_of(provision)))
        return sum(sought.get(word, 0.0) for word in words)

    best = sorted(read.provisions, key=lambda one: (-worth(one), one.start))
    return [read.words_of(provision) for provision in best[:count]]
