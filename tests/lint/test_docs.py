"""The linter's page names every rule, with the severity that it has."""

from __future__ import annotations

import re
from pathlib import Path

from pincite.library.lint.rules import CHOSEN, HABITS, RULES

PAGE = (Path(__file__).parents[2] / "docs" / "lint.md").read_text("utf-8")


def test_every_rule_is_described_with_its_severity() -> None:
    told = dict(re.findall(r"^\| `([a-z-]+)` \| (\w+) \|", PAGE, re.MULTILINE))
    assert told == {rule.name: rule.severity.value for rule in (*RULES, *HABITS, *CHOSEN)}


def test_the_ignore_file_of_the_page_is_one(tmp_path: Path) -> None:
    from pincite.library.lint import read_ignored

    found = re.search(r"```toml\n(.*?)```", PAGE, re.DOTALL)
    assert found is not None
    file = tmp_path / "known.toml"
    file.write_text(found[1])
    assert len(read_ignored(file).ids) == 1
