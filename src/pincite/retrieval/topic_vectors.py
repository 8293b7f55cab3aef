"""Vectors of the topics' lay phrasings, made once a release and shipped beside the taxonomy.

`python -m pincite.retrieval.topic_vectors MODEL_FOLDER` makes the file anew; a test tells when it
is older than the taxonomy.
"""

from __future__ import annotations

import hashlib
import sys
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING

from pincite.retrieval.topics import Topic, TopicMatcher, read_topics

if TYPE_CHECKING:
    from collections.abc import Iterable

    import numpy as np
    from numpy.typing import NDArray

    from pincite.models.base import EmbeddingModel

_FILE = "vectors.npz"
_SCALE = 127.0


@dataclass(frozen=True, slots=True)
class TopicVectors:
    """One row a phrasing, int8; `owners` has the number of the topic that each row is of."""

    rows: NDArray[np.int8]
    owners: NDArray[np.int32]
    digest: str
    model: str

    def cosines(self, question: NDArray[np.float32], count: int) -> NDArray[np.float32]:
        """For each of `count` topics the cosine of its nearest phrasing to the question."""
        import numpy as np

        each = (self.rows.astype(np.float32) @ question) / _SCALE
        best = np.full(count, -1.0, dtype=np.float32)
        np.maximum.at(best, self.owners, each)
        return best


def phrasings(topics: Iterable[Topic]) -> tuple[tuple[int, str], ...]:
    """What is compared with a question: each topic's name and lay phrasings."""
    return tuple(
        (number, line) for number, topic in enumerate(topics) for line in (topic.name, *topic.lay)
    )


def digest_of(topics: Iterable[Topic]) -> str:
    """A hash that changes whenever the vectors would."""
    lines = "\n".join(f"{number} {line}" for number, line in phrasings(topics))
    return hashlib.sha256(lines.encode()).hexdigest()


def make(topics: tuple[Topic, ...], model: EmbeddingModel) -> TopicVectors:
    import numpy as np

    pairs = phrasings(topics)
    vectors = model.embed([line for _, line in pairs])
    return TopicVectors(
        rows=np.round(vectors * _SCALE).astype(np.int8),
        owners=np.array([number for number, _ in pairs], dtype=np.int32),
        digest=digest_of(topics),
        model=model.name,
    )


def shipped() -> TopicVectors | None:
    """The vectors that came with the package, or `None` where there are none."""
    import numpy as np

    path = files("pincite.retrieval").joinpath("taxonomy", _FILE)
    if not path.is_file():
        return None
    with path.open("rb") as file, np.load(file, allow_pickle=False) as data:
        return TopicVectors(
            rows=data["rows"],
            owners=data["owners"],
            digest=str(data["digest"]),
            model=str(data["model"]),
        )


@cache
def matcher() -> TopicMatcher:
    """The matcher of the shipped taxonomy."""
    return TopicMatcher(shipped_topics())


@cache
def shipped_topics() -> tuple[Topic, ...]:
    """Every topic of the shipped taxonomy: by file name, then in the file's order."""
    folder = files("pincite.retrieval").joinpath("taxonomy")
    names = sorted(item.name for item in folder.iterdir() if item.name.endswith(".toml"))
    return read_topics(folder.joinpath(name).read_text("utf-8") for name in names)


def main(folder: str) -> None:
    """Write the vectors' file from the model in `folder`."""
    import numpy as np

    from pincite.models.embedding import OnnxEmbedding

    made = make(shipped_topics(), OnnxEmbedding(Path(folder)))
    path = Path(str(files("pincite.retrieval").joinpath("taxonomy", _FILE)))
    np.savez_compressed(
        path, rows=made.rows, owners=made.owners, digest=made.digest, model=made.model
    )


if __name__ == "__main__":
    main(sys.argv[1])
