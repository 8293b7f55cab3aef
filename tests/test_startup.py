"""Importing the package costs next to nothing: what is heavy is imported where it is used."""

from __future__ import annotations

import subprocess
import sys

import pytest

HEAVY = (
    "httpx2",
    "numpy",
    "onnxruntime",
    "pyarrow",
    "pydantic",
    "pydantic_settings",
    "rich",
    "snowballstemmer",
    "sqlite3",
    "tantivy",
    "tokenizers",
    "typer",
)


def loaded_by(statement: str) -> set[str]:
    """The heavy packages that a fresh interpreter has loaded after the statement."""
    program = f"import sys; {statement}; print(*{{n.partition('.')[0] for n in sys.modules}})"
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True, timeout=60
    )
    return set(done.stdout.split()) & set(HEAVY)


@pytest.mark.parametrize(
    "statement",
    [
        "import pincite",
        "import pincite.answer, pincite.errors",
        "import pincite.law.outline, pincite.law.identifiers, pincite.law.section",
        "from pincite import Answer, PinciteError, Section",
        "import pincite.assistant",
    ],
)
def test_the_public_types_are_imported_without_anything_heavy(statement: str) -> None:
    assert loaded_by(statement) == set()


def test_the_command_starts_without_what_only_some_commands_need() -> None:
    heavy = {"httpx2", "numpy", "onnxruntime", "pyarrow", "tantivy", "tokenizers"}
    assert loaded_by("import pincite.cli.app") & heavy == set()


def test_every_public_name_can_be_had() -> None:
    import pincite

    missing = [name for name in pincite.__all__ if getattr(pincite, name, None) is None]
    assert missing == []


def test_a_name_that_is_not_public_is_an_attribute_error() -> None:
    import pincite

    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        _ = pincite.nothing
