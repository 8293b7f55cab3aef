"""Documents in the library: law as other law, internal documents apart from it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from pathlib import Path

CODE = ("--in", "FR", "--code", "Franklin Administrative Code")
FIREFLIES = "What must a keeper do under FAC 90-1-10?"


def test_rules_become_law_that_is_read_asked_searched_and_verified(
    pincite: Any, rules: Path, tmp_path: Path
) -> None:
    url = "https://rules.franklin.example/90-1.pdf"
    added = pincite(
        "library", "add", str(rules), *CODE, "--current-through", "2026-10-01", "--url", url
    )
    assert added.code == 0
    assert "us_fr_regulations_firefly_rules" in added.out
    opened = pincite("read", "FAC 90-1-20(2)", "--format", "json").json
    assert opened["citation"] == "Frank. Admin. Code 90-1-20(2)"
    assert opened["text"][opened["start"] : opened["end"]].startswith("(2) The record of a swarm")
    assert opened["current_through"] == "2026-10-01"
    assert opened["url"] == f"{url}#page=1"
    at = opened["text"].index("(2)")
    assert opened["pages"] == [
        {"start": 0, "end": at, "page": 1},
        {"start": at, "end": len(opened["text"]), "page": 2},
    ]
    assert "p. 2 of the document" in pincite("read", "FAC 90-1-20(2)").out
    out = tmp_path / "answer.json"
    assert pincite("ask", FIREFLIES, "--in", "FR", "--out", str(out)).code == 0
    assert "within nine days" in out.read_text("utf-8")
    assert pincite("verify", str(out)).code == 0
    assert "90-1-10" in pincite("search", "swarm begins").out


def test_coverage_names_the_document_and_not_the_whole_code(pincite: Any, rules: Path) -> None:
    pincite("library", "remove", "us_fr_regulations")
    pincite("library", "add", str(rules), *CODE)
    coverage = pincite("ask", FIREFLIES, "--in", "FR", "--format", "json").json["coverage"]
    names = [one["code"] for one in coverage["searched"]]
    assert "Franklin Administrative Code (firefly-rules.pdf)" in names


def test_a_section_that_the_document_lacks_is_not_said_to_be_missing_from_the_code(
    pincite: Any, rules: Path
) -> None:
    pincite("library", "remove", "us_fr_regulations")
    pincite("library", "add", str(rules), *CODE)
    said = " ".join(pincite("read", "FAC 70-4-0500").out.split())
    assert "Only Franklin Administrative Code (firefly-rules.pdf) is installed of that code" in said


def test_adding_it_again_changes_nothing_and_a_newer_file_opens_versions(
    pincite: Any, tmp_path: Path
) -> None:
    file = tmp_path / "rules.txt"
    file.write_text("Sec. 1. Fees.\n\nThe fee is ten dollars.\n\nSec. 2. Days.\n\nAny day.\n")
    add = (
        "library",
        "add",
        str(file),
        "--in",
        "FR",
        "--code",
        "Rules of the Pond",
        "--format",
        "json",
    )
    first = pincite(*add).json["packs"][0]
    assert (first["outcome"], first["sections"]) == ("installed", 2)
    assert pincite(*add).json["packs"][0]["outcome"] == "unchanged"
    file.write_text("Sec. 1. Fees.\n\nThe fee is twelve dollars.\n\nSec. 2. Days.\n\nAny day.\n")
    newer = pincite(*add).json["packs"][0]
    assert (newer["outcome"], newer["changed"], newer["added"]) == ("updated", 1, 0)
    versions = pincite("read", "Rules of the Pond § 1", "--format", "json").json["versions"]
    assert len(versions) == 2
    assert "twelve" in pincite("read", "Rules of the Pond § 1").out


def test_a_pack_of_a_document_tells_its_file_and_is_left_alone_by_updates(
    pincite: Any, rules: Path
) -> None:
    import hashlib

    pincite("library", "add", str(rules), *CODE)
    told = pincite("library", "info", "us_fr_regulations_firefly_rules", "--format", "json").json
    assert told["source"].startswith("document:")
    assert f"sha256={hashlib.sha256(rules.read_bytes()).hexdigest()}" in told["source"]
    rules.unlink()
    updated = pincite("library", "update", "--format", "json")
    assert {one["outcome"] for one in updated.json["packs"]} == {"unchanged"}


def test_a_file_that_is_refused_leaves_the_library_as_it_was(
    pincite: Any, rules: Path, tmp_path: Path
) -> None:
    pincite("library", "add", str(rules), *CODE)
    before = pincite("library", "list", "--format", "json").out
    rules.write_bytes(rules.read_bytes()[:800])
    failed = pincite("library", "add", str(rules), *CODE)
    assert failed.code == 1
    assert "firefly-rules.pdf: the PDF is cut off" in failed.err
    assert pincite("library", "list", "--format", "json").out == before
    del tmp_path


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ((), "say whose law it is with --in MO"),
        (("--in", "FR"), "say with --code which code it belongs to"),
        (("--in", "FR,MO", "--code", "x"), "of one jurisdiction"),
        (("--internal", "--in", "FR"), "neither --in nor --code"),
        (("--internal", "--name", 'A "quoted" § name'), "cannot be cited"),
    ],
)
def test_what_is_not_told_of_a_document_is_asked_for(
    pincite: Any, rules: Path, more: tuple[str, ...], said: str
) -> None:
    failed = pincite("library", "add", str(rules), *more)
    assert failed.code == 2
    assert said in failed.err


def test_options_of_documents_without_a_document_are_refused(pincite: Any) -> None:
    failed = pincite("library", "add", "us_fr_statutes", "--code", "x")
    assert failed.code == 2
    assert "us_fr_statutes is no document" in failed.err


def test_an_internal_document_is_cited_by_its_name_and_says_that_it_is_no_law(
    pincite: Any, policy: Path
) -> None:
    added = pincite("library", "add", str(policy), "--internal", "--name", "Privacy policy")
    assert "internal_privacy_policy" in added.out
    for asked in (
        "Privacy policy § 2.1",
        "privacy policy sec. 2.1",
        "/internal/privacy-policy/s2.1",
    ):
        opened = pincite("read", asked, "--format", "json").json
        assert opened["citation"] == "Privacy policy § 2.1"
        assert opened["id"] == "/internal/privacy-policy/s2.1"
        assert opened["kind"] == "internal"
    assert "internal document, no law" in pincite("read", "Privacy policy § 2.1").out


def test_an_internal_document_is_never_law_for_a_question(pincite: Any, policy: Path) -> None:
    question = "How soon must we notify a customer of a breach of personal information?"
    before = pincite("ask", question, "--in", "FR", "--format", "json").json
    pincite("library", "add", str(policy), "--internal")
    after = pincite("ask", question, "--in", "FR", "--format", "json").json
    for part in ("summary", "blocks", "sources", "coverage", "jurisdictions"):
        assert after[part] == before[part]
    assert "internal" not in {one["id"] for one in after["jurisdictions"]}
    refused = pincite("ask", question, "--in", "internal")
    assert refused.code == 2
    assert "internal documents are no law" in refused.err


def test_search_finds_internal_documents_only_where_they_are_asked_for(
    pincite: Any, policy: Path
) -> None:
    pincite("library", "add", str(policy), "--internal", "--name", "Privacy policy")
    words = ("search", "privacy officer notifies", "--format", "json")
    plain = pincite(*words).json
    assert all(one["kind"] != "internal" for one in plain["hits"])
    assert "internal_privacy_policy" not in plain["packs"]
    for more in (("--in", "internal"), ("--kind", "internal")):
        hits = pincite(*words, *more).json["hits"]
        assert [one["citation"] for one in hits][:1] == ["Privacy policy § 2.1"]
        assert {one["kind"] for one in hits} == {"internal"}


def test_rules_of_one_agency_do_not_stand_for_the_law_of_the_state(
    pincite: Any, rules: Path, tmp_path: Path
) -> None:
    """A question installs the state's packs although something of the state is there."""
    for name in ("us_fr_statutes", "us_fr_regulations"):
        pincite("library", "remove", name)
    pincite("library", "add", str(rules), *CODE)
    pincite("ask", "May a bar sell alcohol at night?", "--in", "FR")
    names = {one["name"] for one in pincite("library", "list", "--format", "json").json["packs"]}
    assert {"us_fr_statutes", "us_fr_regulations", "us_fr_regulations_firefly_rules"} <= names
    del tmp_path
