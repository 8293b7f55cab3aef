"""What every face does with the law: the assistant, and the values that it gives."""

from __future__ import annotations

from typing import TYPE_CHECKING

_WHERE = {
    "AddedDocument": "pincite.assistant.documents",
    "Assistant": "pincite.assistant.compose",
    "Document": "pincite.assistant.documents",
    "Installed": "pincite.index.build",
    "InstallProgress": "pincite.index.build",
    "InstalledPack": "pincite.library.read",
    "Outcome": "pincite.index.build",
    "PackOffer": "pincite.sources.offer",
    "Problem": "pincite.index.doctor",
    "SavedCheck": "pincite.assistant.saved",
    "Search": "pincite.assistant.searching",
    "Source": "pincite.sources.offer",
    "Stage": "pincite.index.build",
    "Trouble": "pincite.index.doctor",
    "is_document": "pincite.assistant.documents",
    "named": "pincite.assistant.whose",
    "is_address": "pincite.sources",
    "named_all": "pincite.assistant.whose",
    "open_source": "pincite.sources",
}

if TYPE_CHECKING:
    from pincite.assistant.compose import Assistant
    from pincite.assistant.documents import AddedDocument, Document, is_document
    from pincite.assistant.saved import SavedCheck
    from pincite.assistant.searching import Search
    from pincite.assistant.whose import named, named_all
    from pincite.index.build import Installed, InstallProgress, Outcome, Stage
    from pincite.index.doctor import Problem, Trouble
    from pincite.library.read import InstalledPack
    from pincite.sources import is_address, open_source
    from pincite.sources.offer import PackOffer, Source

__all__ = [
    "AddedDocument",
    "Assistant",
    "Document",
    "InstallProgress",
    "Installed",
    "InstalledPack",
    "Outcome",
    "PackOffer",
    "Problem",
    "SavedCheck",
    "Search",
    "Source",
    "Stage",
    "Trouble",
    "is_address",
    "is_document",
    "named",
    "named_all",
    "open_source",
]


def __getattr__(name: str) -> object:
    if name not in _WHERE:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(_WHERE[name]), name)
