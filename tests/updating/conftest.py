"""Packs of the State of Franklin that change from test to test."""

from __future__ import annotations

from tests.library.conftest import Franklin, franklin

__all__ = ["Franklin", "franklin"]
