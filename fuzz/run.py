"""`make fuzz`: knock at each door for so long, two doors at a time, and tell what was found."""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

from fuzz.child import HEAD, ROOM

_STUCK = 60.0
"""Seconds of the clock in one input after which a process is ended: native code hears no signal."""
_LIVES = 20


@dataclass(slots=True)
class Tally:
    """What came of one door."""

    door: str
    executions: int = 0
    seconds: float = 0.0
    slowest: float = 0.0
    dead: int = 0


def main() -> int:
    from fuzz.doors import DOORS

    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("doors", nargs="*", help=f"of {', '.join(DOORS)}; all if none is named")
    parser.add_argument("--seconds", type=float, default=30.0, help="for each door")
    parser.add_argument("--runs", type=int, default=10**9, help="at most so many inputs a door")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument(
        "--engine",
        choices=("mutator", "atheris"),
        default="mutator",
        help="atheris is experimental",
    )
    parser.add_argument("--processes", type=int, default=2)
    parser.add_argument("--findings", type=Path, default=Path(".state/fuzz.jsonl"))
    args = parser.parse_args()
    if unknown := sorted(set(args.doors) - set(DOORS)):
        parser.error(f"no such door: {', '.join(unknown)}; there are {', '.join(DOORS)}")
    if args.engine == "atheris" and find_spec("atheris") is None:
        parser.error("atheris is not installed: .tools/bin/uv pip install atheris==3.0.0")
    args.findings.parent.mkdir(parents=True, exist_ok=True)
    before = args.findings.stat().st_size if args.findings.exists() else 0
    with ThreadPoolExecutor(args.processes) as pool:
        doors = args.doors or list(DOORS)
        tallies = list(pool.map(_knock, doors, [args] * len(doors)))
    found = _found(args.findings, before)
    total = sum(tally.executions for tally in tallies)
    print(f"{'door':18} {'executions':>12} {'a second':>9} {'slowest':>9} {'findings':>8}")
    for one in tallies:
        own = len({key for key in found if key[0] == one.door})
        pace = one.executions / max(one.seconds, 0.001)
        print(f"{one.door:18} {one.executions:12,} {pace:9,.0f} {one.slowest:8.3f}s {own:8}")
    print(f"{'total':18} {total:12,}  seed {args.seed}, {args.engine}")
    for (door, kind, where), (detail, data) in sorted(found.items()):
        print(f"\n{door}: {kind} at {where}\n  {detail}\n  {data[:120]!r} ({len(data)} bytes)")
    return 1 if found else 0


def _knock(door: str, args: argparse.Namespace) -> Tally:
    """The door's time, in as many processes as it takes: one that dies is a finding."""
    tally, began, seed = Tally(door), time.monotonic(), args.seed
    for _ in range(_LIVES):
        left = args.seconds - (time.monotonic() - began)
        runs = args.runs - tally.executions
        if left <= 0 or runs <= 0:
            break
        done = _process(door, args, (seed, runs, left), tally)
        seed += 1_000_003
        if done:
            break
    tally.seconds = time.monotonic() - began
    # A long run that is ended keeps what it has counted.
    print(f"{door}: {tally.executions:,} in {tally.seconds:.0f} s", file=sys.stderr, flush=True)
    return tally


def _process(
    door: str, args: argparse.Namespace, limits: tuple[int, int, float], tally: Tally
) -> bool:
    seed, runs, seconds = limits
    with tempfile.NamedTemporaryFile(prefix="fuzz-") as state:
        state.write(bytes(ROOM))
        state.flush()
        command = [sys.executable, "-m", "fuzz.child", door, "--state", state.name]
        command += ["--findings", str(args.findings), "--seed", str(seed), "--runs", str(runs)]
        command += ["--seconds", str(seconds), "--engine", args.engine]
        process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
        last, since, how = -1, time.monotonic(), ""
        while True:
            try:
                _, words = process.communicate(timeout=1.0)
                break
            except subprocess.TimeoutExpired:
                count = HEAD.unpack(Path(state.name).read_bytes()[: HEAD.size])[0]
                if count != last:
                    last, since = count, time.monotonic()
                elif count and time.monotonic() - since > _STUCK:
                    how = f"one input took more than {_STUCK:.0f} s of the clock"
                    process.kill()
        body = Path(state.name).read_bytes()
    count, length, slowest, _ = HEAD.unpack(body[: HEAD.size])
    tally.executions += count
    tally.slowest = max(tally.slowest, slowest)
    if process.returncode == 0:
        return True
    tally.dead += 1
    said = words.decode("utf-8", "replace").strip().rpartition("\n")[2]
    _write(args.findings, {
        "door": door,
        "kind": "hang" if how else "died",
        "where": f"exit {process.returncode}",
        "detail": how or said[:300],
        "data": body[HEAD.size : HEAD.size + length].hex(),
    })  # fmt: skip
    return False


def _write(file: Path, line: dict[str, str]) -> None:
    with file.open("a", encoding="utf-8") as out:
        out.write(json.dumps(line) + "\n")


def _found(file: Path, start: int) -> dict[tuple[str, str, str], tuple[str, bytes]]:
    """The shortest input of each finding that was written since `start`."""
    found: dict[tuple[str, str, str], tuple[str, bytes]] = {}
    if not file.exists():
        return found
    for line in file.read_bytes()[start:].splitlines():
        one = json.loads(line)
        key, data = (one["door"], one["kind"], one["where"]), bytes.fromhex(one["data"])
        if key not in found or len(data) < len(found[key][1]):
            found[key] = (one["detail"], data)
    return found


if __name__ == "__main__":
    sys.exit(main())
