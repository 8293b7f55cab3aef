"""One process at one door: runs until its time or count is over, or until it is killed."""

from __future__ import annotations

import argparse
import atexit
import json
import mmap
import os
import struct
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

from fuzz.door import LARGEST

if TYPE_CHECKING:
    from collections.abc import Callable

    from fuzz.door import Door
    from fuzz.guard import Finding

HEAD = struct.Struct("<QQdQ")  # executions, length of the input, slowest in seconds, ready
ROOM = HEAD.size + LARGEST


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("door")
    parser.add_argument("--state", required=True, help="file that the parent reads")
    parser.add_argument("--findings", required=True)
    parser.add_argument("--seed", type=int, required=True)
    parser.add_argument("--runs", type=int, required=True)
    parser.add_argument("--seconds", type=float, required=True)
    parser.add_argument("--engine", choices=("mutator", "atheris"), default="mutator")
    args = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="fuzz-") as scratch:
        if args.engine == "atheris":
            _with_atheris(args, Path(scratch))
        else:
            _with_mutator(args, Path(scratch))


def _with_mutator(args: argparse.Namespace, scratch: Path) -> None:
    from fuzz.doors import DOORS
    from fuzz.mutator import Mutator

    door = DOORS[args.door]
    put = _knocker(args, door, scratch)
    inputs = Mutator(door.seeds(), door.words, args.seed)
    end = time.monotonic() + args.seconds
    for count in range(args.runs):
        put(inputs.next())
        if count % 64 == 0 and time.monotonic() > end:
            break


def _with_atheris(args: argparse.Namespace, scratch: Path) -> None:
    import atheris  # pyrefly: ignore[missing-import]  (not on every machine)

    with atheris.instrument_imports(include=["pincite"]):
        from fuzz.doors import DOORS

        door = DOORS[args.door]
        corpus = scratch / "corpus"
        corpus.mkdir()
        put = _knocker(args, door, scratch)
        for number, seed in enumerate(door.seeds()):
            (corpus / str(number)).write_bytes(seed)
            put(seed)
    words = scratch / "words"
    known = {word.encode("utf-8", "surrogatepass")[:60] for word in door.words if word}
    words.write_text(
        "\n".join('"' + "".join(f"\\x{byte:02x}" for byte in word) + '"' for word in sorted(known))
    )
    options = [
        sys.argv[0],
        f"-max_len={4096 if door.pure else 2048}",
        f"-runs={args.runs}",
        f"-max_total_time={int(args.seconds)}",
        f"-seed={args.seed % 2**31 or 1}",
        f"-dict={words}",
        "-timeout=0",
        "-rss_limit_mb=0",
        "-verbosity=0",
        str(corpus),
    ]
    atheris.Setup(options, put)
    atheris.Fuzz()


def _knocker(args: argparse.Namespace, door: Door, scratch: Path) -> Callable[[bytes], None]:
    """The function that puts one input through the door, and writes down what is to be told."""
    from fuzz.guard import Guard

    with Path(args.state).open("r+b") as file:
        memory = mmap.mmap(file.fileno(), ROOM)
    guard = Guard(door.make(scratch), pure=door.pure)
    for seed in door.seeds()[:3]:
        guard.run(seed)
    guard.watch()
    atexit.register(guard.rest)
    counts = struct.Struct("<QQ")
    seen: dict[tuple[str, str], int] = {}
    count = 0

    def put(data: bytes) -> None:
        nonlocal count
        count += 1
        counts.pack_into(memory, 0, count, len(data))
        memory[HEAD.size : HEAD.size + len(data)] = data
        found = guard.run(data)
        if count % 256 == 0:
            struct.pack_into("<d", memory, 16, guard.slowest[0])
        if found is not None:
            key = (found.kind, found.where)
            seen[key] = size = min(seen.get(key, LARGEST + 1), len(data))
            if size == len(data):
                _tell(Path(args.findings), door.name, found)

    struct.pack_into("<Q", memory, 24, os.getpid())
    return put


def _tell(file: Path, door: str, found: Finding) -> None:
    line: dict[str, Any] = {
        "door": door,
        "kind": found.kind,
        "where": found.where,
        "detail": found.detail,
        "data": found.data.hex(),
    }
    with file.open("a", encoding="utf-8") as out:
        out.write(json.dumps(line) + "\n")


if __name__ == "__main__":
    main()
