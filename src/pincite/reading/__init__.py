"""What a provision does: its role, actor, conditions, amounts, periods and references."""

from __future__ import annotations

from pincite.reading.definitions import definitions
from pincite.reading.provision import Definition, Provision, Quantity, Reference, Role, ScopeRule
from pincite.reading.quantities import quantities
from pincite.reading.read import read
from pincite.reading.references import references
from pincite.reading.scope import scope
from pincite.reading.sentences import sentences

__all__ = [
    "Definition",
    "Provision",
    "Quantity",
    "Reference",
    "Role",
    "ScopeRule",
    "definitions",
    "quantities",
    "read",
    "references",
    "scope",
    "sentences",
]
