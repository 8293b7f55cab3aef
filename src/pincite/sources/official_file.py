"""An official file on this machine: eCFR XML, USLM (also zipped), or the D.C. Council's XML."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import IO, TYPE_CHECKING

from pincite.errors import ParseError, SourceError
from pincite.law.jurisdiction import by_id
from pincite.sources.made import make_pack
from pincite.sources.offer import PackOffer

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pincite.parsing.official import OfficialSection
    from pincite.sources.offer import Progress

SUFFIXES = (".xml", ".zip")
_LARGEST_SECTION = 32 << 20


@dataclass(frozen=True, slots=True)
class OfficialFileSource:
    """One file in a publisher's own format, offered as the pack that it makes.

    Of the D.C. Code it is a section, or a title's `index.xml` with its `sections` beside it.
    """

    path: Path

    @property
    def address(self) -> str:
        return str(self.path)

    def packs(self) -> tuple[PackOffer, ...]:
        """The pack is named after what is in the file: `us_federal_regulations_16_314`."""
        first = next(self._sections(), None)
        if first is None:
            raise ParseError("the file holds no section", source=self.path.name)
        return (
            PackOffer(
                name=_pack_name(first, part=self._root() == "DIV5"),
                location=self.path.name,
                titles=(first.row.title,) if first.row.title else None,
            ),
        )

    def fetch(self, offer: PackOffer, into: Path, progress: Progress) -> Path:
        size = self.path.stat().st_size
        made = make_pack(self._sections(), into, offer.name)
        progress(size, size)
        return made

    def _root(self) -> str:
        from pincite.parsing.safe_xml import root_name

        if self.path.suffix.lower() == ".zip":
            return "uscDoc"
        with self._open() as stream:
            return root_name(stream, source=self.path.name)

    def _sections(self) -> Iterator[OfficialSection]:
        """The file's sections; the file is open as long as they are asked for."""
        from pincite.parsing import dc, ecfr, uslm

        name, root = self.path.name, self._root()
        if self.path.suffix.lower() == ".zip":
            from pincite.sources.uscode import titles_in

            yield from titles_in(self.path, source=name)
        elif root == "container":
            from pincite.sources.dc import sections_of

            yield from sections_of(self._title_files(), self.path.parent.name, source=name)
        elif root in uslm.ROOTS or root in ecfr.ROOTS or root == "section":
            with self._open() as stream:
                if root == "section":
                    yield dc.section(stream.read(_LARGEST_SECTION), source=name)
                else:
                    yield from (uslm if root in uslm.ROOTS else ecfr).sections(stream, source=name)
        else:
            raise ParseError(
                f"the outermost element is <{root[:60]}>, of no format known: eCFR (<ECFR>, "
                "<DIV1> to <DIV9>), US Code (<uscDoc>, <statuteCompilation>), or the D.C. "
                "Council's (<section>, or <container> of a title's index.xml)",
                source=name,
                line=1,
            )

    def _title_files(self) -> dict[str, bytes]:
        """The title's index and sections, by the paths that they have within the code."""
        folder = self.path.parent
        try:
            files = {
                f"titles/{folder.name}/{file.relative_to(folder).as_posix()}": file.read_bytes()
                for file in sorted((folder / "sections").glob("*.xml"))
            }
            files[f"titles/{folder.name}/index.xml"] = self.path.read_bytes()
            whole = folder.parent.parent / "index.xml"
            if folder.parent.name == "titles" and whole.is_file():
                files["index.xml"] = whole.read_bytes()
        except OSError as error:
            raise SourceError(f"{folder}: cannot be read ({error})") from error
        return files

    def _open(self) -> IO[bytes]:
        try:
            return self.path.open("rb")
        except OSError as error:
            raise SourceError(f"{self.path}: cannot be read ({error})") from error


def _pack_name(first: OfficialSection, *, part: bool) -> str:
    row = first.row
    words = [by_id(row.jurisdiction).pack_prefix, f"{row.kind.value}s"]
    if row.title:
        words.append(row.title.rpartition(" ")[2])
        if part and row.chapter:
            words.append(row.chapter.rpartition(" ")[2])
    else:
        words.append(row.citation.partition(",")[0])
    return "_".join(re.sub(r"[^0-9a-z]+", "_", word.lower()).strip("_") for word in words)
