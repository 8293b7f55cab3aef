"""Whether a file is the one that the source's index promises."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from pincite.errors import ChecksumMismatch

if TYPE_CHECKING:
    from pathlib import Path

    from pincite.sources.offer import PackOffer

_BLOCK = 1 << 20


def sha256_of(path: Path) -> str:
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while block := file.read(_BLOCK):
            digest.update(block)
    return digest.hexdigest()


def check_file(path: Path, offer: PackOffer, *, source: str) -> None:
    """Raise ChecksumMismatch unless length and hash are as offered, where they are offered."""
    size = path.stat().st_size
    if offer.bytes is not None and size != offer.bytes:
        raise ChecksumMismatch(
            f"{source}: {offer.name} has {size:,} bytes where the index promises {offer.bytes:,}"
        )
    if offer.sha256 is not None and (found := sha256_of(path)) != offer.sha256:
        raise ChecksumMismatch(
            f"{source}: {offer.name} has the sha256 {found[:12]}… where the index promises "
            f"{offer.sha256[:12]}…; the file was changed or damaged on its way"
        )
