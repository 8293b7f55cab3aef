"""A watched question tells what became of its answer and of the law below it."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
from tests.watch.conftest import BREACH, CARD, RAFFLE, THROUGH

if TYPE_CHECKING:
    from pathlib import Path

    from tests.watch.conftest import Franklin


def ran(found: Any) -> dict[str, dict[str, Any]]:
    """The results of a run, by question."""
    return {one["watch"]["question"]: one for one in found.json["watches"]}


def became(result: dict[str, Any]) -> dict[str, str]:
    return {one["citation"].rpartition(" ")[2]: one["became"] for one in result["law"]}


def test_while_nothing_changes_nothing_is_told(franklin: Franklin) -> None:
    found = franklin("watch", "run", "-f", "json")
    assert found.code == 0, found.err
    assert {one["outcome"] for one in ran(found).values()} == {"same"}
    assert found.json["changed"] == 0
    assert found.json["saved_answers"] == []


def test_an_amended_section_is_told_with_its_words_and_the_answers(franklin: Franklin) -> None:
    franklin.session()
    found = franklin("watch", "run", "-f", "json")
    assert found.code == 4
    result = ran(found)[BREACH]
    assert result["outcome"] == "changed"
    assert became(result) == {"12-4-103": "amended"}
    (law,) = result["law"]
    edits = law["change"]["edits"]
    assert ("forty-five", "thirty") in {(edit["old"], edit["new"]) for edit in edits}
    assert any("forty-five" in quote for quote in law["touched"])
    assert any("forty-five" in text for text in result["gone"])
    assert any("thirty" in text for text in result["new"])
    assert not any("thirty" in text for text in result["gone"])
    assert {one["after"] for one in result["currency"]} == {THROUGH}
    text = franklin("watch", "list").out
    assert BREACH in text


def test_a_renumbered_section_is_followed(franklin: Franklin) -> None:
    franklin.session()
    result = ran(franklin("watch", "run", "-f", "json"))[CARD]
    assert became(result) == {"12-4-109": "renumbered"}
    (law,) = result["law"]
    assert law["change"]["after"]["citation"] == "Frank. Stat. § 12-4-120"
    assert law["change"]["edits"] == []
    assert law["touched"] == []


def test_the_next_run_is_held_up_to_the_last(franklin: Franklin) -> None:
    franklin.session()
    first = franklin("watch", "run", "-f", "json")
    again = franklin("watch", "run", "-f", "json")
    assert (first.code, again.code) == (4, 0)
    assert {one["outcome"] for one in ran(again).values()} == {"same"}
    assert ran(again)[BREACH]["answer"] == ran(first)[BREACH]["answer"]
    assert all(one["currency"] == [] for one in ran(again).values())


def test_people_are_told_in_text_and_markdown(franklin: Franklin, tmp_path: Path) -> None:
    franklin.session()
    page = tmp_path / "run.md"
    assert franklin("watch", "run", "--out", page).code == 4
    text = page.read_text("utf-8")
    assert "Frank. Stat. § 12-4-103 was amended" in text
    assert "renumbered: it is Frank. Stat. § 12-4-120 now" in text
    found = franklin("watch", "run")
    assert found.code == 0
    assert "unchanged" in found.out
    assert "rest on law that has changed since" in found.out


def test_a_currency_alone_is_told_and_is_no_change(franklin: Franklin) -> None:
    import pyarrow as pa
    import pyarrow.parquet as pq

    for path in franklin.packs.glob("*.parquet"):
        table = pq.read_table(path)
        at = table.schema.get_field_index("current_through")
        later = pa.array(["2026 Special Session (2026-10-01)"] * table.num_rows)
        pq.write_table(table.set_column(at, "current_through", later), path)
    (franklin.packs / "index.json").unlink()
    assert franklin("library", "update").code == 0
    found = franklin("watch", "run", "-f", "json")
    assert found.code == 0
    result = ran(found)[BREACH]
    assert result["outcome"] == "same"
    assert result["currency"][0]["after"] == "2026 Special Session (2026-10-01)"
    # It is told once.
    assert ran(franklin("watch", "run", "-f", "json"))[BREACH]["currency"] == []


def test_a_saved_answer_whose_law_changed_is_marked_and_verifies_with_a_note(
    franklin: Franklin, tmp_path: Path
) -> None:
    saved = tmp_path / "answer.json"
    assert franklin("ask", BREACH, "--in", "FR", "--out", saved).code == 0
    assert "changed since" not in franklin("verify", saved).out
    franklin.session()
    found = franklin("verify", saved, "-f", "json")
    assert found.code == 0, found.out
    notes = " ".join(found.json["notes"])
    assert "The law has changed since: Frank. Stat. § 12-4-103 was amended in words" in notes
    assert franklin("watch", "run").code == 4
    marks = _marks(franklin)
    assert ("/us-fr/fs/s12-4-103", "amended") in marks
    # An answer that was falsified is found out all the same.
    text = saved.read_text("utf-8").replace("forty-five", "ninety-five")
    saved.write_text(text, "utf-8")
    assert franklin("verify", saved).code == 1


def test_a_mark_goes_with_its_answer(franklin: Franklin) -> None:
    franklin.session()
    franklin("watch", "run")
    assert _marks(franklin)
    from pincite.library.answers import SavedAnswers

    with SavedAnswers(franklin.pincite.home) as answers:
        answers.remove(one.id for one in answers.all())
    assert _marks(franklin) == []


def _marks(franklin: Franklin) -> list[tuple[str, str]]:
    with closing(sqlite3.connect(franklin.pincite.home / "answers.db")) as connection:
        return connection.execute("SELECT section, became FROM marks").fetchall()


def test_a_pack_that_is_gone_is_told(franklin: Franklin) -> None:
    assert franklin("library", "remove", "us_fr_statutes").code == 0
    (franklin.packs / "us_fr_statutes.parquet").unlink()
    listing = json.loads((franklin.packs / "index.json").read_text("utf-8"))
    del listing["us_fr_statutes.parquet"]
    (franklin.packs / "index.json").write_text(json.dumps(listing), "utf-8")
    found = franklin("watch", "run", "-f", "json")
    assert found.code == 4
    result = ran(found)[BREACH]
    assert set(became(result).values()) == {"not_installed"}
    assert result["gone"]


def test_the_same_watch_again_is_one_watch(franklin: Franklin) -> None:
    found = franklin("watch", "add", BREACH, "--in", "us-fr", "-f", "json")
    assert found.code == 0
    watches = franklin("watch", "list", "-f", "json").json["watches"]
    assert [one["question"] for one in watches] == [BREACH, CARD]
    assert found.json["id"] == watches[0]["id"]
    other = franklin("watch", "add", BREACH, "--in", "FR", "--fact", "we are an insurer")
    assert other.code == 0
    assert len(franklin("watch", "list", "-f", "json").json["watches"]) == 3


def test_watches_are_run_and_removed_by_id(franklin: Franklin) -> None:
    first, second = franklin("watch", "list", "-f", "json").json["watches"]
    only = franklin("watch", "run", second["id"], "-f", "json")
    assert list(ran(only)) == [CARD]
    assert franklin("watch", "remove", first["id"]).code == 0
    assert franklin("watch", "remove", first["id"]).code == 2
    assert franklin("watch", "run", first["id"]).code == 2
    assert len(franklin("watch", "list", "-f", "json").json["watches"]) == 1


def test_a_question_that_cannot_be_asked_is_not_kept(franklin: Franklin) -> None:
    assert franklin("watch", "add", "   ").code == 2
    assert franklin("watch", "add", "x" * 30_000, "--in", "FR").code == 2
    assert len(franklin("watch", "list", "-f", "json").json["watches"]) == 2


def test_a_question_without_an_answer_is_watched_until_there_is_one(franklin: Franklin) -> None:
    question = "Must I keep a register of the customer service tools that I use?"
    found = franklin("watch", "add", question, "--in", "FR")
    assert found.code == 0
    franklin.session()
    result = ran(franklin("watch", "run", "-f", "json"))[question]
    assert result["outcome"] == "changed"
    assert became(result)["12-3-404A"] == "added"


def test_the_day_can_be_told(franklin: Franklin) -> None:
    found = franklin("watch", "run", "--as-of", "2030-01-01", "-f", "json")
    assert found.json["as_of"] == "2030-01-01"


def test_one_watch_that_fails_does_not_stop_the_others(franklin: Franklin) -> None:
    import shutil

    for folder in (franklin.pincite.home / "index").glob("us_fr_regulations*"):
        shutil.rmtree(folder)
    found = franklin("watch", "run", "-f", "json")
    assert found.code == 1
    assert {one["outcome"] for one in ran(found).values()} == {"failed"}
    assert "cannot be opened" in ran(found)[BREACH]["problem"]


def test_workspaces_do_not_see_each_others_watches(franklin: Franklin) -> None:
    from datetime import UTC, datetime

    from pincite.library.watches import SavedWatches

    now = datetime(2026, 11, 21, tzinfo=UTC)
    home = franklin.pincite.home
    with SavedWatches(home, workspace="north") as north, SavedWatches(home) as own:
        kept = north.add(BREACH, jurisdictions=("us-fr",), created_at=now)
        assert [one.id for one in north.all()] == [kept.id]
        assert len(own.all()) == 2
        assert own.get(kept.id) is not None
        assert north.remove(kept.id)
        assert len(own.all()) == 2


def test_a_run_tells_a_webhook_and_signs_what_it_sends(franklin: Franklin, hook: Any) -> None:
    from pincite.assistant.webhook import signature

    more = (("PINCITE_WEBHOOK_PRIVATE", "true"), ("PINCITE_WEBHOOK_SECRET", "gondola"))
    pincite = replace(franklin.pincite, more=more)
    assert pincite("watch", "run", "--webhook", hook.url).code == 0
    assert hook.received == [], "nothing changed"
    franklin.session()
    found = pincite("watch", "run", "--webhook", hook.url, "-f", "json")
    assert found.code == 4
    (headers, body), (told,) = hook.received[0], hook.told
    assert told["changed"] == found.json["changed"]
    assert {one["outcome"] for one in told["watches"]} == {"changed"}
    assert headers["Content-Type"].startswith("application/json")
    assert headers["Pincite-Signature"] == signature(
        "gondola", int(headers["Pincite-Timestamp"]), body
    )
    (delivery,) = found.json["deliveries"]
    assert (delivery["status"], delivery["problem"]) == (204, "")


def test_a_change_that_the_webhook_did_not_take_is_told_again(
    franklin: Franklin, hook: Any
) -> None:
    pincite = replace(franklin.pincite, more=(("PINCITE_WEBHOOK_PRIVATE", "true"),))
    franklin.session()
    hook.answers = [404]
    found = pincite("watch", "run", "--webhook", hook.url, "-f", "json")
    assert found.code == 1
    assert "404" in found.json["deliveries"][0]["problem"]
    again = pincite("watch", "run", "--webhook", hook.url, "-f", "json")
    assert again.code == 4
    assert [one["changed"] for one in hook.told] == [2, 2]
    assert pincite("watch", "run", "--webhook", hook.url).code == 0


def test_a_watch_has_a_webhook_of_its_own(franklin: Franklin, hook: Any) -> None:
    pincite = replace(franklin.pincite, more=(("PINCITE_WEBHOOK_PRIVATE", "true"),))
    assert pincite("watch", "add", BREACH, "--in", "FR", "--webhook", hook.url).code == 0
    franklin.session()
    assert pincite("watch", "run").code == 4
    (told,) = hook.told
    assert [one["watch"]["question"] for one in told["watches"]] == [BREACH]


def test_a_webhook_on_this_machine_is_refused_unless_the_settings_allow_it(
    franklin: Franklin, hook: Any
) -> None:
    franklin.session()
    found = franklin("watch", "run", "--webhook", hook.url, "-f", "json")
    assert found.code == 1
    assert "private network" in found.json["deliveries"][0]["problem"]
    assert hook.received == []


def test_offline_no_webhook_is_told(franklin: Franklin, hook: Any) -> None:
    franklin.session()
    pincite = replace(franklin.pincite, more=(("PINCITE_WEBHOOK_PRIVATE", "true"),))
    found = pincite("--offline", "watch", "run", "--webhook", hook.url, "-f", "json")
    assert found.code == 1
    assert "offline" in found.json["deliveries"][0]["problem"]
    assert hook.received == []


@pytest.mark.parametrize(
    "url", ["ftp://x.example/", "nonsense", "https://a:b@x.example/", "http://"]
)
def test_an_address_that_is_no_webhooks_is_refused_at_once(franklin: Franklin, url: str) -> None:
    assert franklin("watch", "run", "--webhook", url).code == 2
    assert franklin("watch", "add", RAFFLE, "--in", "FR", "--webhook", url).code == 2
