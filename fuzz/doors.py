"""Every door, by name."""

from __future__ import annotations

from fuzz import file_doors, law_doors, text_doors

DOORS = {door.name: door for door in (*text_doors.DOORS, *file_doors.DOORS, *law_doors.DOORS)}
