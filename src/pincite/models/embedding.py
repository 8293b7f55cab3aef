"""A sentence-embedding model as an ONNX graph in a local folder, run on the processor."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from pincite.errors import ModelError

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    import numpy as np
    from numpy.typing import NDArray

_LONGEST = 256  # word pieces; the model was trained on no more
_BATCH = 32
_HIDDEN_STATES = 3  # texts, word pieces, dimensions


def find_model(folder: Path | None) -> Path | None:
    """The first folder, in name order, that holds `model.onnx` and `tokenizer.json`."""
    if folder is None or not folder.is_dir():
        return None
    candidates = [folder, *sorted(path for path in folder.iterdir() if path.is_dir())]
    for path in candidates:
        if (path / "model.onnx").is_file() and (path / "tokenizer.json").is_file():
            return path
    return None


class OnnxEmbedding:
    """Mean pooling over the attention mask, then length 1 (as all-MiniLM-L6-v2 is published)."""

    def __init__(self, folder: Path, *, threads: int = 2) -> None:
        import onnxruntime
        from tokenizers import Tokenizer

        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = threads
        options.inter_op_num_threads = 1
        options.log_severity_level = 3
        # Spinning threads eat the cores that others share.
        options.add_session_config_entry("session.intra_op.allow_spinning", "0")
        graph = folder / "model.onnx"
        try:
            self._session = onnxruntime.InferenceSession(
                str(graph), options, providers=["CPUExecutionProvider"]
            )
            self._tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        except Exception as error:  # onnxruntime and tokenizers raise bare exceptions of their own
            raise ModelError(f"the model in {folder.name} cannot be loaded: {error}") from error
        self._tokenizer.enable_truncation(_LONGEST)
        self._tokenizer.no_padding()
        self._inputs = {item.name for item in self._session.get_inputs()}
        size = graph.stat().st_size
        self._name = f"{folder.name}-{hashlib.sha256(str(size).encode()).hexdigest()[:8]}"
        self._dimensions = int(self._session.get_outputs()[0].shape[-1])

    @property
    def name(self) -> str:
        return self._name

    @property
    def dimensions(self) -> int:
        return self._dimensions

    def embed(self, texts: Sequence[str]) -> NDArray[np.float32]:
        import numpy as np

        vectors = np.zeros((len(texts), self._dimensions), dtype=np.float32)
        encodings = self._tokenizer.encode_batch(list(texts))
        # Texts of like length share a batch: padding is work thrown away.
        order = sorted(range(len(texts)), key=lambda i: len(encodings[i].ids))
        for first in range(0, len(order), _BATCH):
            rows = order[first : first + _BATCH]
            width = max(len(encodings[i].ids) for i in rows)
            ids = np.zeros((len(rows), width), dtype=np.int64)
            mask = np.zeros((len(rows), width), dtype=np.int64)
            for place, i in enumerate(rows):
                length = len(encodings[i].ids)
                ids[place, :length] = encodings[i].ids
                mask[place, :length] = 1
            feeds = {"input_ids": ids, "attention_mask": mask}
            if "token_type_ids" in self._inputs:
                feeds["token_type_ids"] = np.zeros_like(ids)
            pooled = np.asarray(self._session.run(None, feeds)[0], dtype=np.float32)
            if pooled.ndim == _HIDDEN_STATES:  # the graph leaves the pooling to us
                weights = mask[:, :, None].astype(np.float32)
                pooled = (pooled * weights).sum(axis=1) / np.maximum(weights.sum(axis=1), 1.0)
            norms = np.maximum(np.linalg.norm(pooled, axis=1, keepdims=True), 1e-9)
            vectors[rows] = pooled / norms
        return vectors
