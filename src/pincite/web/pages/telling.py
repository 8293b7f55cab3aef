"""What is told of an answer while it is being made, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pincite.law.jurisdiction import by_id
from pincite.rendering.words import shown

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence


def told(name: str, values: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """An event of `web.asking` as `(kind, text)`: a `status` line, or a `draft`.

    A draft is a statement that holds and has neither its place in the answer nor a number yet.
    """
    if name == "statement":
        if values["statement"]["kind"] != "note":
            yield "draft", shown(str(values["statement"]["text"]))
        return
    text = _stage(values) if name == "stage" else ""
    if text:
        yield "status", text


def _stage(values: Mapping[str, Any]) -> str:
    stage = values["stage"]
    if stage == "understood":
        names = [str(one["name"]) for one in values["jurisdictions"]]
        return f"Searching the law of {_listed(names)}" if names else ""
    place = by_id(str(values["jurisdiction"])).name
    if stage == "retrieved":
        return f"{place}: reading the best of {values['candidates']:,} sections that were found"
    if stage == "checked":
        away = f", {values['withheld']} withheld" if values["withheld"] else ""
        return f"{place}: {values['shown']} statements hold{away}"
    return ""


def _listed(names: Sequence[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"
