"""Invented files in official formats, and published samples where they are at hand."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

FORMATS = Path(__file__).parent.parent / "formats"


@pytest.fixture
def formats() -> Path:
    """Files of the State of Franklin, written in each publisher's format."""
    return FORMATS


@pytest.fixture
def samples() -> Path:
    """Files as published; LAW_FORMATS names the folder that has them."""
    folder = os.environ.get("LAW_FORMATS")
    if not folder or not Path(folder).is_dir():
        pytest.skip("LAW_FORMATS names no folder of published files")
    return Path(folder)
