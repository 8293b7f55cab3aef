"""Every door, by name."""

from __future__ import annotations

from fuzz import text_doors

DOORS = {door.name: door for door in (*text_doors.DOORS,)}
