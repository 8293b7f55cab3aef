"""Two states of law compared, and a section's history, for the faces."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from pincite.assistant.engines import embedded_alone
from pincite.errors import UsageError
from pincite.library.diff import compare, file_state, history, installed_state

if TYPE_CHECKING:
    from pincite.assistant.compose import Assistant
    from pincite.change import Difference, History
    from pincite.library.diff import State


def compare_law(assistant: Assistant, before: str, after: str) -> Difference:
    """What differs between two states of law.

    Each is a pack's file, an installed pack (`us_mo_statutes`), or a snapshot of one
    (`us_mo_statutes@1`, the first that was installed). Raises UsageError, PackMissing, ParseError.
    """
    return compare(_state(assistant, before), _state(assistant, after))


def history_of(assistant: Assistant, identifier: str) -> History:
    """Every version of a section that the library has, and what changed between them."""
    return history(assistant.library, identifier)


def _state(assistant: Assistant, name: str) -> State:
    path = Path(name).expanduser()
    if path.is_file():
        return file_state(path, path.name.removesuffix(".parquet"))
    if path.is_dir() or "/" in name or name.endswith(".parquet"):
        raise UsageError(f"{name} is no file of a pack; give a .parquet file or an installed pack")
    pack, at, number = name.partition("@")
    if at and not number.isdecimal():
        raise UsageError(f"{name}: behind @ stands the number of a snapshot, 1 for the first")
    embedded_alone(assistant.settings, "a diff of installed packs", "give the packs' files")
    return installed_state(assistant.home, pack, int(number) if at else None)
