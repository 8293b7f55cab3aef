"""A pack is read once: its neighbours, its habits, its doubles, and what an ignore file excuses."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from tests.lint.law import TEXT, many

from pincite.errors import PackMissing, UsageError
from pincite.finding import Linted, Severity
from pincite.library.lint import (
    NAMES,
    choose,
    file_rows,
    installed_rows,
    lint_rows,
    read_ignored,
)
from pincite.sample import sample_packs

if TYPE_CHECKING:
    from pincite.law.section import Section


def lint(rows: list[Section], *, given: str = "") -> Linted:
    return lint_rows("us_fr_statutes", ((row, given) for row in rows), choose())


def rules(found: Linted) -> set[str]:
    return {one.rule for one in found.findings}


def test_a_sound_chapter_has_no_findings() -> None:
    found = lint(many(40))
    assert found.findings == ()
    assert found.sections == 40


def test_a_number_that_is_left_out_is_a_gap() -> None:
    rows = many(12)
    del rows[6]
    found = lint(rows)
    assert [(one.rule, one.evidence) for one in found.findings] == [("numbering-gap", "19-8-7")]


def test_a_number_that_stands_elsewhere_in_the_pack_is_no_gap() -> None:
    rows = many(12)
    rows.append(rows.pop(6))
    assert "numbering-gap" not in rules(lint(rows))


def test_the_packs_own_number_must_be_that_of_the_citation() -> None:
    assert rules(lint(many(1), given="19-8-1")) == set()
    assert rules(lint(many(1), given="19-8-2")) == {"citation-number"}


def test_a_row_that_stands_twice_is_doubled() -> None:
    rows = many(3)
    assert rules(lint([*rows, rows[1]])) == {"doubled-row"}


def test_a_text_under_another_number_and_heading_is_doubled() -> None:
    rows = many(6)
    longer = rows[2].text + " " + TEXT
    rows[2] = replace(rows[2], text=longer, text_sha256="ab" * 32)
    rows[4] = replace(rows[4], text=longer, text_sha256="ab" * 32, heading="Appeals.")
    assert rules(lint(rows)) == {"doubled-text"}


def test_the_next_sections_text_inside_this_one_is_a_merger() -> None:
    rows = many(6)
    rows[3] = replace(rows[3], text="The office keeps a list.\n\n" + rows[4].text * 2)
    assert "merged-sections" in rules(lint(rows))


def test_a_link_to_another_section_breaks_the_packs_habit() -> None:
    rows = [
        replace(row, url=f"https://law.example.gov/title-19/{row.number}.html") for row in many(60)
    ]
    assert lint(rows).findings == ()
    rows[30] = replace(rows[30], url="https://law.example.gov/title-19/19-8-99.html")
    assert [one.act_id for one in lint(rows).findings] == [rows[30].act_id]


def test_a_pack_whose_links_never_name_sections_has_no_such_habit() -> None:
    rows = [
        replace(row, url=f"https://law.example.gov/?id={n}77") for n, row in enumerate(many(60))
    ]
    assert "link" not in rules(lint(rows))


def test_a_chapter_that_is_not_the_sections_breaks_the_packs_habit() -> None:
    rows = many(60)
    rows[20] = replace(rows[20], hierarchy=("Franklin Statutes", "Title 19 Trades", "Chapter 9 X"))
    assert [(one.rule, one.act_id) for one in lint(rows).findings] == [
        ("hierarchy", rows[20].act_id)
    ]


def test_slow_rules_run_only_when_they_are_named() -> None:
    assert "broken-outline" in NAMES
    assert "broken-outline" not in {rule.name for rule in choose().rules}
    assert [rule.name for rule in choose(["broken-outline"]).rules] == ["broken-outline"]
    broken = [replace(one, text="(a) One.\n(b) Two.\n(e) Five.") for one in many(1)]
    found = lint_rows("p", ((row, "") for row in broken), choose(["broken-outline"]))
    assert rules(found) == {"broken-outline"}


def test_a_rule_that_is_not_there_is_named() -> None:
    with pytest.raises(UsageError, match="there is no rule spelling"):
        choose(["spelling"])


def test_rules_below_the_severity_asked_for_do_not_run() -> None:
    assert all(rule.severity is Severity.SERIOUS for rule in choose(least=Severity.SERIOUS).rules)


def test_an_ignore_file_excuses_by_id_or_by_rule_and_pack(tmp_path: Path) -> None:
    rows = many(12)
    del rows[6]
    rows[0] = replace(rows[0], text="")
    found = lint(rows)
    gap = next(one for one in found.findings if one.rule == "numbering-gap")
    file = tmp_path / "ignore.toml"
    file.write_text(
        f'[[ignore]]\nid = "{gap.id}"\nreason = "never enacted"\n'
        '[[ignore]]\nrule = "empty-text"\npack = "us_fr_statutes"\nreason = "told to the source"\n'
    )
    left = lint_rows("us_fr_statutes", ((r, "") for r in rows), choose(), read_ignored(file))
    assert left.findings == ()
    assert left.ignored == 2


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('[[ignore]]\nid = "x"\n', "gives no reason"),
        ('[[ignore]]\nrule = "markup"\nreason = "r"\n', "needs an id, or a rule and a pack"),
        ('[[ignore]]\nrule = "nope"\npack = "p"\nreason = "r"\n', "there is no rule nope"),
        ('[[ignore]]\nid = "x"\nreason = "r"\nwhy = "y"\n', "why is not known"),
        ("ignore = 3\n", "has \\[\\[ignore\\]\\] tables"),
        ("[[ignore\n", "cannot be read"),
    ],
)
def test_an_ignore_file_that_cannot_be_right_is_refused(
    tmp_path: Path, text: str, said: str
) -> None:
    file = tmp_path / "ignore.toml"
    file.write_text(text)
    with pytest.raises(UsageError, match=said):
        read_ignored(file)


def test_franklins_traps_are_found_in_its_file(tmp_path: Path) -> None:
    path = sample_packs(tmp_path) / "us_fr_statutes.parquet"
    found = lint_rows("us_fr_statutes", file_rows(path, "us_fr_statutes"), choose())
    by_rule = {one.rule: one.citation for one in found.findings}
    assert by_rule["contents-as-text"].endswith("33-7-1")
    assert by_rule["markup"].endswith("41-6-5")
    assert by_rule["damaged-letters"].endswith("41-6-5")
    assert "glued-labels" in by_rule
    assert found.rules["truncated-text"] == 0


def test_a_pack_that_is_not_installed_is_named(tmp_path: Path) -> None:
    from pincite.library.store import create

    create(tmp_path)
    with pytest.raises(PackMissing, match="us_zz_statutes is not installed"):
        list(installed_rows(tmp_path, "us_zz_statutes"))


@pytest.mark.packs
def test_real_rows_have_few_serious_findings() -> None:
    packs = os.environ.get("PINCITE_PACKS")
    if not packs or not Path(packs).is_dir():
        pytest.skip("PINCITE_PACKS names no directory")
    path = Path(packs) / "us_federal_regulations.parquet"
    found = lint_rows(
        "us_federal_regulations", file_rows(path, "x"), choose(least=Severity.SERIOUS)
    )
    assert found.sections > 600
    assert len(found.findings) < 10
