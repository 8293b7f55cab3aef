"""The linter for law data: rules that tell a good row from a bad one."""

from __future__ import annotations

from pincite.library.lint.findings import lint_section, serious
from pincite.library.lint.ignore import Ignored, read_ignored
from pincite.library.lint.packs import choose, file_rows, installed_rows, lint_rows
from pincite.library.lint.rules import ABOUT, NAMES

__all__ = [
    "ABOUT",
    "NAMES",
    "Ignored",
    "choose",
    "file_rows",
    "installed_rows",
    "lint_rows",
    "lint_section",
    "read_ignored",
    "serious",
]
