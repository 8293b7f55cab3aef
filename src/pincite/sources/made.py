"""A pack made on this machine from what a publisher has in a format of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pincite.errors import ParseError, SourceError
from pincite.sources.offer import SUFFIX

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from pincite.parsing.official import OfficialSection


def make_pack(sections: Iterable[OfficialSection], into: Path, name: str) -> Path:
    """The sections as a pack in `into`, which has its name only when it is whole.

    What is wrong with the publisher's file comes out of `sections`, and then there is no pack.
    """
    from pincite.parsing.pack_writer import write_pack

    target, part = into / f"{name}{SUFFIX}", into / f"{name}{SUFFIX}.making"
    try:
        into.mkdir(parents=True, exist_ok=True)
        if not write_pack(sections, part):
            raise ParseError("the file holds no section", source=name)
        part.replace(target)
    except OSError as error:
        raise SourceError(f"{target}: the pack cannot be written ({error})") from error
    finally:
        part.unlink(missing_ok=True)
    return target
