"""`pincite library` and `pincite doctor`, through the command line."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

from pincite.sample import sample_packs

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.conftest import Pincite


def test_adding_what_is_installed_and_unchanged_succeeds(own: Pincite) -> None:
    found = own("library", "add", "us_fr_statutes", "--from", own.packs, "-f", "json")
    assert found.code == 0
    assert [one["outcome"] for one in found.json["packs"]] == ["unchanged"]


def test_all_packs_of_a_source_are_added(empty: Pincite, installed: Pincite) -> None:
    found = empty("library", "add", "--all", "--from", installed.packs, "-f", "json")
    assert found.code == 0
    assert {one["name"]: one["outcome"] for one in found.json["packs"]} == {
        "us_fr_regulations": "installed",
        "us_fr_statutes": "installed",
    }
    assert "installing us_fr_statutes" in found.err


def test_packs_are_added_by_jurisdiction(empty: Pincite) -> None:
    assert empty("library", "add", "--in", "Franklin").code == 0
    assert empty("library", "add", "FR").code == 0
    names = [one["name"] for one in empty("library", "list", "-f", "json").json["packs"]]
    assert names == ["us_fr_regulations", "us_fr_statutes"]


def test_a_pack_that_fails_is_told_and_the_others_go_on(empty: Pincite, tmp_path: Path) -> None:
    packs = sample_packs(tmp_path / "packs")
    broken = packs / "us_fr_regulations.parquet"
    broken.write_bytes(b"PAR1" + broken.read_bytes()[4:-9] + b"no footer")
    (packs / "index.json").unlink()
    names = ("us_fr_regulations", "us_fr_statutes", "us_zz_statutes")
    found = empty("library", "add", *names, "--from", packs)
    assert found.code == 1
    assert "us_fr_regulations failed" in found.err
    assert "us_zz_statutes failed" in found.err
    listed = empty("library", "list", "-f", "json").json["packs"]
    assert [one["name"] for one in listed] == ["us_fr_statutes"]


def test_a_source_that_is_not_there_is_named(empty: Pincite) -> None:
    found = empty("library", "add", "us_mo_statutes")
    assert found.code == 1
    assert "there is no such directory or file" in found.err
    assert found.err.count("\n") == 1


def test_adding_nothing_is_a_usage_error(empty: Pincite) -> None:
    assert empty("library", "add").code == 2


def test_what_a_source_has_is_listed_with_what_is_installed_of_it(own: Pincite) -> None:
    assert own("library", "remove", "us_fr_statutes").code == 0
    rows = own("library", "list", "--available", "-f", "json").json["packs"]
    assert {one["name"]: one["installed"] for one in rows} == {
        "us_fr_regulations": "yes",
        "us_fr_statutes": "no",
    }


def test_an_empty_library_lists_nothing_and_says_how_to_fill_it(empty: Pincite) -> None:
    found = empty("library", "list")
    assert found.code == 0
    assert "pincite library add" in found.err


def test_removing_what_is_not_installed_is_told(own: Pincite) -> None:
    found = own("library", "remove", "us_fr_statutes", "us_zz_statutes", "-f", "json")
    assert found.code == 1
    assert [one["outcome"] for one in found.json["packs"]] == ["removed", "not installed"]


def test_info_tells_all_of_a_pack(installed: Pincite) -> None:
    row = installed("library", "info", "us_fr_statutes", "-f", "json").json
    assert row["sections"] > 100
    assert row["current_through"]
    assert len(row["sha256"]) == 64
    assert installed("library", "info", "us_zz_statutes").code == 2


def test_an_update_keeps_the_old_versions(own: Pincite, tmp_path: Path) -> None:
    packs = sample_packs(tmp_path / "newer", snapshot=2)
    before = own("library", "info", "us_fr_statutes", "-f", "json").json
    found = own("library", "update", "--from", packs, "-f", "json")
    assert found.code == 0
    outcomes = {one["name"]: one for one in found.json["packs"]}
    assert outcomes["us_fr_statutes"]["outcome"] == "updated"
    assert outcomes["us_fr_statutes"]["changed"]
    after = own("library", "info", "us_fr_statutes", "-f", "json").json
    assert after["sha256"] != before["sha256"]


def test_updating_what_is_not_installed_is_a_usage_error(own: Pincite) -> None:
    found = own("library", "update", "us_zz_statutes")
    assert found.code == 2
    assert "us_zz_statutes is not installed" in found.err


def test_a_whole_library_has_nothing_wrong(installed: Pincite) -> None:
    found = installed("doctor", "--texts")
    assert found.code == 0
    assert "Nothing is wrong" in found.out


def test_a_missing_index_is_found_and_mended(own: Pincite) -> None:
    for folder in (own.home / "index").glob("us_fr_statutes*"):
        shutil.rmtree(folder)
    found = own("doctor", "-f", "json")
    assert found.code == 1
    assert [one["trouble"] for one in found.json["problems"]] == ["no_index"]
    assert own("search", "breach").code == 1
    assert own("doctor", "--fix").code == 0
    assert own("doctor").code == 0
    assert own("search", "breach").code == 0


def test_a_library_that_is_not_there_is_named(empty: Pincite) -> None:
    found = empty("doctor")
    assert found.code == 1
    assert "there is no library" in found.err


def test_a_damaged_library_is_named(own: Pincite) -> None:
    (own.home / "library.db").write_bytes(b"not a database" * 1000)
    found = own("library", "list")
    assert found.code == 1
    assert "library.db" in found.err
    assert own("doctor").code == 1


def test_a_file_of_law_that_is_given_as_a_name_is_told_where_it_goes(
    empty: Pincite, tmp_path: Path
) -> None:
    file = tmp_path / "title-1.XML"
    file.write_text("<uscDoc/>", "utf-8")
    found = empty("library", "add", file)
    assert found.code == 2
    assert f"add it with --from {file}" in " ".join(found.err.split())
