"""The taxonomy as it is shipped: compiled, with vectors of the topics' lay phrasings.

`python -m pincite.retrieval.topic_vectors MODEL_FOLDER` makes both files anew from the taxonomy's
own; a test tells when they are older than it. Reading the TOML files takes half a second.
"""

from __future__ import annotations

import hashlib
import json
import sys
from dataclasses import asdict, dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pincite.retrieval.topics import (
    Topic,
    TopicBag,
    TopicMatcher,
    bag_of,
    read_topics,
    topic_of,
)

if TYPE_CHECKING:
    from collections.abc import Iterable

    import numpy as np
    from numpy.typing import NDArray

    from pincite.models.base import EmbeddingModel

_FILE, _COMPILED = "vectors.npz", "compiled.json"
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
    row = _compiled()
    bags = tuple(
        TopicBag(weights, tuple(tuple(words) for words in phrases))
        for weights, phrases in row["bags"]
    )
    return TopicMatcher(shipped_topics(), bags)


@cache
def shipped_topics() -> tuple[Topic, ...]:
    """Every topic of the shipped taxonomy: by file name, then in the file's order."""
    return tuple(topic_of(row) for row in _compiled()["topics"])


def compiled_digest() -> str:
    """The digest of the taxonomy files that the compiled file was made from."""
    return str(_compiled()["digest"])


def files_digest() -> str:
    """The digest of the taxonomy files as they are."""
    return hashlib.sha256("\0".join(_texts()).encode()).hexdigest()


@cache
def _compiled() -> dict[str, Any]:
    path = files("pincite.retrieval").joinpath("taxonomy", _COMPILED)
    return json.loads(path.read_text("utf-8"))


def _texts() -> tuple[str, ...]:
    folder = files("pincite.retrieval").joinpath("taxonomy")
    names = sorted(item.name for item in folder.iterdir() if item.name.endswith(".toml"))
    return tuple(folder.joinpath(name).read_text("utf-8") for name in names)


def main(folder: str) -> None:
    """Write the compiled taxonomy, and its vectors by the model in `folder`."""
    import numpy as np

    from pincite.models.embedding import OnnxEmbedding

    texts = _texts()
    topics = read_topics(texts)
    bags = [bag_of(topic) for topic in topics]
    row = {
        "digest": files_digest(),
        "topics": [asdict(topic) for topic in topics],
        "bags": [[bag.weights, bag.phrases] for bag in bags],
    }
    folder_out = Path(str(files("pincite.retrieval").joinpath("taxonomy")))
    text = json.dumps(row, ensure_ascii=False, separators=(",", ":"))
    (folder_out / _COMPILED).write_text(text + "\n", encoding="utf-8", newline="\n")
    made = make(topics, OnnxEmbedding(Path(folder)))
    np.savez_compressed(
        folder_out / _FILE,
        rows=made.rows,
        owners=made.owners,
        digest=made.digest,
        model=made.model,
    )


if __name__ == "__main__":
    main(sys.argv[1])
