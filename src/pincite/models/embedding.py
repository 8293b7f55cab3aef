"""A sentence-embedding model as an ONNX graph in a local folder, run on the processor."""

from __future__ import annotations

import hashlib
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

from pincite.errors import ModelError

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    import numpy as np
    from numpy.typing import NDArray

_LONGEST = 256  # word pieces; the model was trained on no more
_SHARED = 4  # texts from which on threads share them
_HIDDEN_STATES = 2  # word pieces, dimensions


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
        options.intra_op_num_threads = 1
        options.inter_op_num_threads = 1
        options.log_severity_level = 3
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
        how = hashlib.sha256(f"{size} one by one".encode()).hexdigest()[:8]
        self._name = f"{folder.name}-{how}"
        self._dimensions = int(self._session.get_outputs()[0].shape[-1])
        self._threads = threads
        self._pool = ThreadPoolExecutor(threads, thread_name_prefix="embedding")

    @property
    def name(self) -> str:
        return self._name

    @property
    def dimensions(self) -> int:
        return self._dimensions

    def embed(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """A vector a text, always the same for the same text.

        Each text is run by itself: the int8 graph takes its scale from all that it is given, so
        that in a batch a vector would depend on its neighbours. Two threads with a text each are
        as fast as a batch on two cores.
        """
        import numpy as np

        vectors = np.zeros((len(texts), self._dimensions), dtype=np.float32)
        encodings = self._tokenizer.encode_batch(list(texts))

        def fill(rows: range) -> None:
            for row in rows:
                vectors[row] = self._vector(encodings[row].ids)

        shares = [range(first, len(texts), self._threads) for first in range(self._threads)]
        if len(texts) < _SHARED:
            fill(range(len(texts)))
        else:
            for done in [self._pool.submit(fill, rows) for rows in shares]:
                done.result()
        return vectors

    def _vector(self, ids: Sequence[int]) -> NDArray[np.float32]:
        import numpy as np

        tokens = np.asarray([ids], dtype=np.int64)
        feeds = {"input_ids": tokens, "attention_mask": np.ones_like(tokens)}
        if "token_type_ids" in self._inputs:
            feeds["token_type_ids"] = np.zeros_like(tokens)
        pooled = np.asarray(self._session.run(None, feeds)[0], dtype=np.float32)[0]
        if pooled.ndim == _HIDDEN_STATES:  # the graph leaves the pooling to us
            pooled = pooled.mean(axis=0)
        return pooled / max(float(np.linalg.norm(pooled)), 1e-9)
