"""all-MiniLM-L6-v2 as an ONNX graph: a text's vector of length 1, mean over its word pieces."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import onnxruntime
from tokenizers import Tokenizer


class MiniLM:
    def __init__(self, folder: str) -> None:
        graph = next(Path(folder).rglob("model.onnx"))
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1
        self._session = onnxruntime.InferenceSession(
            str(graph), options, providers=["CPUExecutionProvider"]
        )
        self._tokenizer = Tokenizer.from_file(str(graph.with_name("tokenizer.json")))
        self._tokenizer.enable_truncation(256)
        self._tokenizer.no_padding()
        self._inputs = {item.name for item in self._session.get_inputs()}

    def embed(self, text: str) -> np.ndarray:
        tokens = np.asarray([self._tokenizer.encode(text).ids], dtype=np.int64)
        feeds = {"input_ids": tokens, "attention_mask": np.ones_like(tokens)}
        if "token_type_ids" in self._inputs:
            feeds["token_type_ids"] = np.zeros_like(tokens)
        hidden = np.asarray(self._session.run(None, feeds)[0], dtype=np.float32)[0]
        pooled = hidden.mean(axis=0) if hidden.ndim == 2 else hidden
        return pooled / max(float(np.linalg.norm(pooled)), 1e-9)
