"""A virtual environment for each peer that is not installed with Pincite.

    python -m benchmarks.peers.environments FOLDER [--uv PROGRAM] [--python NAME=PROGRAM]...

What a peer needs comes from PyPI, in the newest versions; nothing of it is kept in the checkout.
`--python haiku_rag=/opt/python3.12/bin/python3` gives a peer an interpreter of its own.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
from pathlib import Path

_MODEL = ("onnxruntime", "tokenizers", "numpy")
# A peer that is not here needs nothing but what Pincite itself has.
NEEDS: dict[str, tuple[str, ...]] = {
    "bm25s_plain": ("bm25s", "PyStemmer"),
    "lancedb_hybrid": ("lancedb", "pyarrow", *_MODEL),
    "haiku_rag": ("haiku.rag-slim", *_MODEL),
    "paperqa_docs": ("paper-qa", *_MODEL),
}


def interpreter(folder: Path, peer: str) -> Path:
    """The Python that runs a peer."""
    return folder / peer / "bin" / "python" if peer in NEEDS else Path(sys.executable)


def make(folder: Path, peer: str, uv: str, python: str) -> str | None:
    """Make the environment of a peer; why it cannot be made, or `None`."""
    place = folder / peer
    for command in (
        [uv, "venv", "--quiet", "--allow-existing", "--python", python, str(place)],
        [uv, "pip", "install", "--quiet", "--python", str(place / "bin" / "python"), *NEEDS[peer]],
    ):
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        if done.returncode:
            return done.stderr.strip()[-2000:]
    return None


def main(arguments: list[str]) -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--uv", default=".tools/bin/uv")
    parser.add_argument("--python", action="append", default=[], metavar="PEER=PROGRAM")
    given = parser.parse_args(arguments)
    own = dict(one.split("=", 1) for one in given.python)
    failed = False
    for peer in NEEDS:
        reason = make(given.folder, peer, given.uv, own.get(peer, sys.executable))
        print(f"{peer}: {'made' if reason is None else reason}", flush=True)
        failed |= reason is not None
    raise SystemExit(failed)


if __name__ == "__main__":
    main(sys.argv[1:])
