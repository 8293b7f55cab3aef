"""A document's file, whatever its format, read as blocks."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from pincite.errors import ParseError, SettingsError

if TYPE_CHECKING:
    from pincite.parsing.files.block import Reading

LARGEST = 256 << 20
# suffix: (module, function, what it needs that may not be installed)
_FORMATS = {
    ".pdf": ("pdf", "read_pdf", "pypdfium2"),
    ".html": ("html", "read_html", "selectolax"),
    ".htm": ("html", "read_html", "selectolax"),
    ".xhtml": ("html", "read_html", "selectolax"),
    ".docx": ("docx", "read_docx", ""),
    ".md": ("markdown", "read_markdown", ""),
    ".markdown": ("markdown", "read_markdown", ""),
    ".txt": ("plain_text", "read_text", ""),
    ".text": ("plain_text", "read_text", ""),
}
SUFFIXES = tuple(_FORMATS)


def read_document(data: bytes, suffix: str, *, source: str) -> Reading:
    """The document's blocks. Raises ParseError, and SettingsError for a part not installed."""
    if suffix.lower() not in _FORMATS:
        raise ParseError(
            f"{suffix or 'no suffix'} is no format of a document known here; there are "
            f"{', '.join(SUFFIXES)}",
            source=source,
        )
    if len(data) > LARGEST:
        raise ParseError(
            f"the file has {len(data):,} bytes; give a document in parts of at most {LARGEST:,}",
            source=source,
        )
    if not data.strip():
        raise ParseError("the file is empty", source=source)
    module, function, needs = _FORMATS[suffix.lower()]
    try:
        if needs:
            import_module(needs)
    except ImportError as error:
        raise SettingsError(
            f"{suffix} documents cannot be read: what they need is not installed",
            at_console="pip install 'pincite[documents]'",
        ) from error
    reading: Reading = getattr(import_module(f"pincite.parsing.files.{module}"), function)(
        data, source=source
    )
    if not any(block.text.strip() for block in reading.blocks):
        raise ParseError("the document holds no text", source=source)
    return reading
