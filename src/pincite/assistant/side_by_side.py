"""One question in several jurisdictions, as a person asks for it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from pincite.errors import UsageError

if TYPE_CHECKING:
    from pincite.answer import Question
    from pincite.answering.ask import Desk
    from pincite.answering.compare.asking import Asked
    from pincite.comparison import Comparison

_FEWEST = 2


async def compare_jurisdictions(question: Question, desk: Desk, told: Asked | None) -> Comparison:
    """The comparison over the jurisdictions given, else over those that the question names.

    Raises UsageError where these are fewer than two.
    """
    from pincite.answering.compare.asking import compare
    from pincite.retrieval.places import places

    wanted = question.jurisdictions
    if not wanted:
        installed = {pack.jurisdiction for pack in desk.shelf.packs()}
        found = places(question.text, given=(), installed=installed)
        wanted = tuple(dict.fromkeys(one.id for one in found.jurisdictions))
    if len(wanted) < _FEWEST:
        raise UsageError(
            "a comparison needs two jurisdictions or more; name them",
            at_console="with --in CA,CO,CT or in the question, or take all that are installed with "
            "--all",
        )
    asked = replace(question, jurisdictions=wanted)
    return await (compare(asked, desk) if told is None else compare(asked, desk, told))
