"""Looks for what grows faster than its input: runs of one piece, each ten times longer."""

from __future__ import annotations

import argparse
import signal
import sys
import tempfile
from pathlib import Path
from time import process_time
from typing import TYPE_CHECKING

from pincite.errors import PinciteError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from fuzz.door import Door

SIZES = (640, 6_400, 64_000)
STEEP = 20.0
"""How much dearer ten times as much may be; n log n is 13 at these sizes, and clocks are coarse."""
_SHORT = 0.05
_PIECES = (
    "a", "A", "x ", " ", "\n", "\t", "\r\n", "\u00a0", "(", ")", "()", "((", "(a", "(a)", "[", "]",
    "[]", "{", "§", "§ ", "§§ 1, ", "1", "1.", "1-", "1 ", "1,", "1.1.", "0", "I", "iv ", ".",
    ". ", "...", "…", "-", "–", "—", "_", "*", "*a", "**a", "`", "#", "# ", ">", "> ", "|", "|a",
    "<", "</", "<a>", "<!--", "&", "&amp;", "&#1;", '"', '"a', "“", "”", "“a", "“a”", "‘", "’",
    "'", "'s ", ",", ", ", ";", "; ", ":", "/", "//", "/s", "/s1", "@", "%", "%2", "\\", "=", "$",
    "$1", "$1,", "~", "[^", "[^1]", "[^1]: ", "](", "[a](", "![", "<p>", "<li>", "<ol>", "<b>",
    "<table><tr>", "<w:p>", "<section>", "<para>", "\0", "\ud800", "é", "İ", "ß", "\u0301",
    "\u200b", "\u2028", "A. ", "A.B.", "a.\n", "(1)\n", "Subd. ", "Sec. 1. ", "(1)(a)", "the ",
    "of the ", "and ", "or ", "to ", "shall ", "shall not ", "may ", "unless ", "except ", "if ",
    "who ", "means ", '"a" means ', "section 1 ", "section ", "subsection (b) ", "sections 1 and ",
    "chapter 1 ", "title 1 ", "U.S.C. ", "1 U.S.C. § 1 ", "C.F.R. ", "note ", "et seq. ", "Id. ",
    "within 30 days ", "days ", "one hundred ", "hundred ", "twenty-", "January 1, ", "2026 ",
    "not more than ", "New ", "New York ", "Washington ", "Repealed", "[Repealed", "* * * ",
    "[...]", "Page 1 of 2\n", "History. ", "PDFRCW 1\n", "(2020)", "through ",
)  # fmt: skip


class Over(BaseException):
    """The time for one input is over."""


def runs(door: Door) -> Iterator[tuple[str, Callable[[int], bytes]]]:
    """Ways to make an input of a size, each with its name."""
    for piece in dict.fromkeys((*_PIECES, *door.words)):
        part = piece.encode("utf-8", "surrogatepass")
        if part:
            yield repr(piece), lambda size, part=part: part * (size // len(part))
    heads = (
        "§ ",
        "Mo. Rev. Stat. § 1",
        "15 U.S.C. § 1",
        "“",
        "(a) ",
        "section ",
        "The keeper shall ",
        "<p>",
    )
    tails = (" ", "1", "(", "(a)", "a", ",", ".", "-", "1.", "1, ", "\n", ") ", "and ")
    for head in heads:
        for tail in tails:
            start, part = head.encode(), tail.encode()
            name = f"{head!r} + {tail!r}…"
            yield name, lambda size, start=start, part=part: start + part * (size // len(part))
            name = f"({head!r} + 40 of {tail!r})…"
            both = start + part * 40
            yield name, lambda size, both=both: both * (size // len(both))
    for seed in door.seeds()[:6]:
        if seed:
            yield f"{seed[:30]!r}…", lambda size, seed=seed: seed * (size // len(seed))


def steep(door: Door, through: Callable[[bytes], object], longest: float) -> Iterator[str]:
    """What of the door's runs is too slow, or grows too fast, in words."""
    for name, made in runs(door):
        times: list[float] = []
        for size in SIZES:
            data = made(size)
            if not data:
                continue
            signal.setitimer(signal.ITIMER_PROF, 4 * longest)
            began = process_time()
            try:
                through(data)
            except PinciteError:
                pass
            except Over:
                times.append(process_time() - began)
                break
            except Exception as error:  # noqa: BLE001 -- told, and the next one tried
                yield f"{name}: {type(error).__name__}: {str(error)[:120]}"
                break
            finally:
                signal.setitimer(signal.ITIMER_PROF, 0)
            times.append(process_time() - began)
        told = " ".join(f"{took:.3f}" for took in times)
        if times and times[-1] > longest:
            yield f"{name}: {told} s"
        elif len(times) > 2 and times[-1] > _SHORT and times[-1] > STEEP * times[-2]:
            yield f"{name}: grows {told} s"


def main() -> int:
    from fuzz.doors import DOORS

    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("doors", nargs="*")
    parser.add_argument("--longest", type=float, default=1.0, help="seconds for 64 KB")
    args = parser.parse_args()

    def over(*_: object) -> None:
        raise Over

    signal.signal(signal.SIGPROF, over)
    found = 0
    with tempfile.TemporaryDirectory(prefix="fuzz-") as scratch:
        for name in args.doors or DOORS:
            door = DOORS[name]
            through = door.make(Path(scratch))
            for line in steep(door, through, args.longest):
                found += 1
                print(f"{name}: {line}", flush=True)
            print(f"{name}: done", flush=True)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
