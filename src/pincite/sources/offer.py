"""What a source offers: packs by name, and a way to have one as a file."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol, TypeAlias

from pincite.errors import SourceError

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    # (bytes there, bytes in all or None where the source does not say)
    Progress: TypeAlias = Callable[[int, int | None], None]

SUFFIX = ".parquet"
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]{0,99}")
# Windows gives these names to devices, whatever the suffix.
_DEVICE = re.compile(r"(?:con|prn|aux|nul|com[0-9]|lpt[0-9])(?:\.|$)", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class PackOffer:
    """A pack that a source has. `None` means that the source does not say.

    `name` is the file's name without its suffix (`us_mo_statutes`); `location` is where the
    source finds it: a file's name in a directory, a URL. `titles` are those that the pack holds.
    """

    name: str
    location: str
    bytes: int | None = None
    sha256: str | None = None
    sections: int | None = None
    titles: tuple[str, ...] | None = None
    excerpts: bool = False
    attribution: str = ""


class Source(Protocol):
    """A place where packs are. `address` names it to people and in the library."""

    @property
    def address(self) -> str: ...

    def packs(self) -> tuple[PackOffer, ...]:
        """Every pack on offer, by name."""
        ...

    def fetch(self, offer: PackOffer, into: Path, progress: Progress) -> Path:
        """The pack as a checked file: in `into`, or where it is if it is on this machine."""
        ...


def pack_name(file: str, *, source: str) -> str:
    """The pack's name from its file's; a name that could leave its directory is refused."""
    name = file.removesuffix(SUFFIX)
    if not _NAME.fullmatch(name) or ".." in name or name.endswith(".") or _DEVICE.match(name):
        raise SourceError(
            f"{source}: {file[:120]!r} is no name for a pack; "
            "a pack is named like us_mo_statutes.parquet, with no path before it"
        )
    return name
