"""The D.C. Code from the Council's own repository, taken as one archive."""

from __future__ import annotations

import re
import tarfile
import zlib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from urllib.parse import unquote

from pincite.errors import ParseError, SourceError
from pincite.sources.made import make_pack
from pincite.sources.offer import PackOffer

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from pincite.parsing.official import OfficialSection
    from pincite.sources.download import Patience
    from pincite.sources.offer import Progress

SITE = "https://github.com/DCCouncil/law-xml-codified"
_ADDRESS = re.compile(
    r"dc:(all|\d{1,2}[A-Z]?)(?:@([0-9A-Za-z][0-9A-Za-z._-]{0,99}))?", re.IGNORECASE
)
_CODE = "us/dc/council/code/"
# The whole code is 90 MB of XML; no section has one.
_MOST_BYTES = 512 << 20
_LARGEST_MEMBER = 32 << 20
_MOST_MEMBERS = 500_000


@dataclass(frozen=True, slots=True, kw_only=True)
class DcSource:
    """A title of the D.C. Code, or all: `dc:28`, `dc:28@{branch, tag or commit}`, `dc:all`."""

    title: str
    ref: str = "HEAD"
    site: str = SITE
    patience: Patience | None = field(default=None, compare=False)

    @classmethod
    def at(cls, address: str) -> DcSource:
        found = _ADDRESS.fullmatch(address)
        if found is None or ".." in address:
            raise SourceError(
                f"{address}: give a title of the D.C. Code, such as dc:28 or dc:28A; dc:all is "
                "every title; @ and a commit of the Council's repository may follow"
            )
        title = found[1].lower() if found[1].lower() == "all" else found[1].upper()
        return cls(title=title, ref=found[2] or "HEAD")

    @property
    def address(self) -> str:
        return f"dc:{self.title}" + (f"@{self.ref}" if self.ref != "HEAD" else "")

    def packs(self) -> tuple[PackOffer, ...]:
        """The one pack of the title, or of all; nothing is asked of the network for it."""
        whole = self.title == "all"
        return (
            PackOffer(
                name="us_dc_statutes" + ("" if whole else f"_{self.title.lower()}"),
                location=f"{self.site}/archive/{self.ref}.tar.gz",
                titles=None if whole else (f"Title {self.title}",),
                attribution="D.C. Law Library, Council of the District of Columbia (public domain)",
            ),
        )

    def fetch(self, offer: PackOffer, into: Path, progress: Progress) -> Path:
        from pincite.sources.download import download

        file = download(
            offer.location, offer, into, progress, patience=self.patience, suffix=".tar.gz"
        )
        try:
            files = _files(file, self.title, source=self.address)
            return make_pack(sections_of(files, self.title, source=self.address), into, offer.name)
        finally:
            file.unlink(missing_ok=True)


def sections_of(
    files: Mapping[str, bytes], title: str, *, source: str
) -> Iterator[OfficialSection]:
    """The sections that the titles' indexes name, in their order.

    `files` are by their path within the code (`titles/28/index.xml`). A section that an index
    names and that is not there is an error: half a title must not pass for a whole.
    """
    from pincite.parsing import dc

    top = files.get("index.xml")
    current = "" if top is None else dc.current_through(top, source=f"{source} index.xml")
    indexes = sorted(
        (name for name in files if re.fullmatch(r"titles/[^/]+/index\.xml", name)), key=_in_order
    )
    if not indexes:
        raise ParseError(
            "no index of a title is there"
            + ("" if title == "all" else f"; is there a title {title}?"),
            source=source,
        )
    row = 1
    for index in indexes:
        folder = index.removesuffix("index.xml")
        for entry in dc.index_entries(files[index], source=f"{source} {index}"):
            name = folder + unquote(entry.file)
            if name not in files:
                raise ParseError(
                    f"the index {index} names {entry.file[:80]}, which is not there", source=source
                )
            yield dc.section(
                files[name],
                source=f"{source} {name}",
                row=row,
                levels=entry.levels,
                current=current,
            )
            row += 1


def _in_order(index: str) -> tuple[int, str]:
    name = index.split("/")[1]
    digits = re.match(r"\d+", name)
    return (int(digits[0]) if digits else 0, name)


def _files(archive: Path, title: str, *, source: str) -> dict[str, bytes]:
    """The code's files in the archive, by their path below the code; nothing is written to disk."""
    titles = "[^/]+" if title == "all" else re.escape(title)
    wanted = re.compile(rf"[^/]+/{_CODE}((?:titles/{titles}/.+|index)\.xml)")
    found: dict[str, bytes] = {}
    total = 0
    try:
        with tarfile.open(archive, mode="r|gz") as members:
            for count, member in enumerate(members):
                if count > _MOST_MEMBERS:
                    raise ParseError("the archive has more files than any code", source=source)
                match = wanted.fullmatch(member.name)
                if match is None or not member.isfile():
                    continue
                total += member.size
                if member.size > _LARGEST_MEMBER or total > _MOST_BYTES:
                    raise ParseError(
                        f"{member.name[:80]} and what is before it unfold to {total:,} bytes, more "
                        "than the code has",
                        source=source,
                    )
                stream = members.extractfile(member)
                found[match[1]] = b"" if stream is None else stream.read()
    except (tarfile.TarError, EOFError, zlib.error, OSError) as error:
        raise ParseError(f"this is no whole archive ({error})", source=source) from error
    return found
