"""The taxonomy's files keep the shape that the matcher reads."""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from importlib import resources
from typing import Any

import pytest

_FILES = sorted(
    (
        entry
        for entry in resources.files("pincite").joinpath("retrieval/taxonomy").iterdir()
        if entry.name.endswith(".toml")
    ),
    key=lambda entry: entry.name,
)
_READ: dict[str, dict[str, Any]] = {
    file.name: tomllib.loads(file.read_text("utf-8")) for file in _FILES
}
_LISTS = {"lay", "words", "terms", "headings", "acts", "actors", "asks"}
_OPTIONAL_LISTS = {"definitions", "exclude", "federal", "general", "uniform"}
_KEYS = _LISTS | _OPTIONAL_LISTS | {"id", "name", "govern"}
_ASKS = {
    "may", "must", "content", "deadline", "who", "amount", "penalty", "license",
    "definition", "records", "notice", "remedy",
}  # fmt: skip
_GOVERN = {"statute", "regulation", "local", "courts", "federal"}
# The form in which the packs cite federal law: `42 U.S.C. § 2000e-2`, `45 CFR § 164.504`.
_FEDERAL = re.compile(r"\d+ (U\.S\.C\.|CFR) § \d+[A-Za-z]*([-.]\d*[a-z]*\d*(-\d+)?)*")


def test_a_file_is_named_for_its_domain() -> None:
    assert {name.removesuffix(".toml"): content["domain"] for name, content in _READ.items()} == {
        name.removesuffix(".toml"): name.removesuffix(".toml") for name in _READ
    }


def test_no_two_topics_share_an_id() -> None:
    ids = Counter(topic["id"] for content in _READ.values() for topic in content["topic"])
    assert [topic for topic, count in ids.items() if count > 1] == []


def _faults(topic: dict[str, Any]) -> list[str]:
    faults = [f"lacks {key}" for key in sorted(_LISTS) if not topic.get(key)]
    faults += [f"unknown key {key}" for key in topic.keys() - _KEYS]
    if not re.fullmatch(r"[a-z]+(\.[a-z0-9-]+){2}", topic["id"]):
        faults.append("the id has not three levels")
    for key in (_LISTS | _OPTIONAL_LISTS) & topic.keys():
        values = topic[key]
        if not values or any(not value or value.strip() != value for value in values):
            faults.append(f"{key} is empty or holds an empty or padded value")
        if len(values) != len(set(values)):
            faults.append(f"{key} says a thing twice")
    faults += [f"unknown ask {ask}" for ask in set(topic["asks"]) - _ASKS]
    if topic.get("govern", "statute") not in _GOVERN:
        faults.append("unknown kind of law in govern")
    faults += [f"odd citation {c}" for c in topic.get("federal", ()) if not _FEDERAL.fullmatch(c)]
    return faults


@pytest.mark.parametrize("name", sorted(_READ))
def test_every_topic_of_a_file_is_whole(name: str) -> None:
    topics = _READ[name]["topic"]
    assert {topic["id"]: _faults(topic) for topic in topics if _faults(topic)} == {}


@pytest.mark.parametrize("name", sorted(_READ))
def test_every_topic_of_a_file_is_of_its_domain(name: str) -> None:
    domain = _READ[name]["domain"]
    assert {topic["id"].partition(".")[0] for topic in _READ[name]["topic"]} == {domain}
