"""Workspaces: nothing of one is ever seen from another, and what is deleted is gone."""

from __future__ import annotations

import json
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, invariant, rule
from tests.accounts.conftest import NOON, later
from typing_extensions import override

from pincite.accounts.audit import AuditLog
from pincite.accounts.documents import LARGEST, Documents, file_name
from pincite.accounts.feedback import FeedbackBox, Verdict, draft, places
from pincite.accounts.people import Caller, Role
from pincite.accounts.retention import export, forget, forget_workspace, kept_before
from pincite.accounts.store import AUDIT, KEPT, Store
from pincite.errors import UsageError
from pincite.library.answers import SavedAnswers
from pincite_evals.datasets import read_items

if TYPE_CHECKING:
    from datetime import datetime

    from tests.accounts.conftest import Office

TWO = ("north", "south")


def answer(marker: str = "", **more: Any) -> dict[str, Any]:
    cite = {"source": "1.1", "pinpoint": "", "start": 0, "end": 4, "quote": "Must"}
    other = cite | {"source": "1.2"}
    return {
        "question": f"May I {marker}?",
        "as_of": "2026-11-21",
        "abstained": False,
        "facts": ["insurer"],
        "jurisdictions": [{"id": "us-fr", "name": "Franklin", "how": ""}],
        "summary": [{"text": f"You must {marker}.", "kind": "paraphrase", "cites": [cite]}],
        "blocks": [
            {
                "heading": "What",
                "statements": [{"text": "Must", "kind": "quote", "cites": [other]}],
            }
        ],
        "sources": [
            {"label": "1.1", "id": "/us-fr/fs/s1", "citation": "Frank. Stat. § 1"},
            {"label": "1.2", "id": "/us-fr/fs/s2", "citation": "Frank. Stat. § 2"},
        ],
    } | more


def save(home: Path, workspace: str, marker: str, at: datetime = NOON) -> str:
    with SavedAnswers(home, workspace=workspace) as saved:
        body = json.dumps(answer(marker))
        return saved.save(question=f"May I {marker}?", asked_at=at, body=body).id


def in_files(home: Path, marker: str) -> list[str]:
    return [p.name for p in home.rglob("*") if p.is_file() and marker.encode() in p.read_bytes()]


class TwoWorkspaces(RuleBasedStateMachine):
    """Two workspaces do anything, in any order; each sees exactly what it did itself."""

    made = Bundle("made")

    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.TemporaryDirectory()
        self.home = Path(self.folder.name)
        self.kept, self.audit = Store(self.home, KEPT), Store(self.home, AUDIT)
        self.expected: dict[str, dict[str, set[str]]] = {
            workspace: {"answers": set(), "documents": set(), "feedback": set(), "asked": set()}
            for workspace in TWO
        }

    @override
    def teardown(self) -> None:
        self.kept.close()
        self.audit.close()
        self.folder.cleanup()

    @rule(target=made, workspace=st.sampled_from(TWO), what=st.sampled_from("abc"))
    def ask(self, workspace: str, what: str) -> tuple[str, str, str]:
        saved = save(self.home, workspace, what)
        caller = Caller(
            account="1", name="x", workspace=workspace, scopes=Role.EDITOR.scopes, via="s"
        )
        if saved not in self.expected[workspace]["answers"]:
            AuditLog(self.audit).add(
                caller, "ask", now=NOON, question=f"May I {what}?", answer=saved
            )
            self.expected[workspace]["asked"].add(what)
        self.expected[workspace]["answers"].add(saved)
        return workspace, saved, what

    @rule(one=made, note=st.sampled_from("xyz"))
    def say(self, one: tuple[str, str, str], note: str) -> None:
        workspace, saved, what = one
        if saved in self.expected[workspace]["answers"]:
            said = FeedbackBox(self.kept, workspace).add(
                answer(what), saved, place="summary[0]", verdict=Verdict.WRONG, note=note,
                said_by="x", now=NOON,
            )  # fmt: skip
            self.expected[workspace]["feedback"].add(said.id)

    @rule(workspace=st.sampled_from(TWO), body=st.sampled_from([b"memo", b"policy"]))
    def keep(self, workspace: str, body: bytes) -> None:
        found = Documents(self.kept, workspace).add(
            "memo.txt", body, media_type="text/plain", added_by="x", now=NOON
        )
        self.expected[workspace]["documents"].add(found.id)

    @rule(workspace=st.sampled_from(TWO), body=st.sampled_from([b"memo", b"policy"]))
    def drop(self, workspace: str, body: bytes) -> None:
        import hashlib

        name = hashlib.sha256(body).hexdigest()[:16]
        was = name in self.expected[workspace]["documents"]
        assert Documents(self.kept, workspace).remove(name) is was
        self.expected[workspace]["documents"].discard(name)

    @rule(workspace=st.sampled_from(TWO), one=made)
    def forget_one(self, workspace: str, one: tuple[str, str, str]) -> None:
        _, saved, what = one
        was = saved in self.expected[workspace]["answers"]
        mine = FeedbackBox(self.kept, workspace).all(saved)
        assert forget(self.home, workspace, [saved]).answers == int(was)
        self.expected[workspace]["answers"].discard(saved)
        self.expected[workspace]["feedback"] -= {said.id for said in mine}
        if was:
            self.expected[workspace]["asked"].discard(what)

    @rule(workspace=st.sampled_from(TWO))
    def forget_all(self, workspace: str) -> None:
        forget_workspace(self.home, workspace)
        for kept in self.expected[workspace].values():
            kept.clear()

    @invariant()
    def each_sees_its_own_and_nothing_else(self) -> None:
        for workspace in TWO:
            expected = self.expected[workspace]
            with SavedAnswers(self.home, workspace=workspace) as saved:
                assert {one.id for one in saved.all()} == expected["answers"]
                for other in TWO:
                    for one in self.expected[other]["answers"]:
                        assert (saved.get(one) is not None) is (one in expected["answers"])
            documents = Documents(self.kept, workspace)
            assert {one.id for one in documents.all()} == expected["documents"]
            for other in TWO:
                for one in self.expected[other]["documents"]:
                    assert (documents.body(one) is not None) is (one in expected["documents"])
            box = FeedbackBox(self.kept, workspace)
            assert {one.id for one in box.all()} == expected["feedback"]
            asked = AuditLog(self.audit).entries(workspace=workspace)
            questions = {one.question for one in asked if one.question}
            assert questions == {f"May I {what}?" for what in expected["asked"]}
            exported = [json.loads(line)["id"] for line in export(self.home, workspace)]
            assert set(exported) == expected["answers"]


TwoWorkspaces.TestCase.settings = settings(max_examples=12, stateful_step_count=12, deadline=None)
TestTwoWorkspaces = TwoWorkspaces.TestCase


def test_what_is_forgotten_is_in_no_file_any_more(office: Office) -> None:
    gone, kept = save(office.home, "north", "zanzibar" * 700), save(office.home, "north", "stay")
    with SavedAnswers(office.home, workspace="north") as saved:
        found = saved.get(gone)
        assert found is not None
        body = json.loads(found.body)
    FeedbackBox(office.kept, "north").add(
        body, gone, place="summary[0]", verdict=Verdict.WRONG, note="zanzibar!", said_by="ann",
        now=NOON,
    )  # fmt: skip
    caller = Caller(account="1", name="ann", workspace="north", scopes=frozenset(), via="s")
    office.audit.add(caller, "ask", now=NOON, question=found.question, answer=gone)
    assert len(in_files(office.home, "zanzibar")) >= 3
    done = forget(office.home, "north", [gone])
    assert (done.answers, done.whole) == (1, True)
    assert in_files(office.home, "zanzibar") == []
    assert forget(office.home, "north", [gone]).answers == 0
    with SavedAnswers(office.home, workspace="north") as saved:
        assert [one.id for one in saved.all()] == [kept]
    assert office.audit.verify().troubles == ()


def test_answers_are_kept_for_a_set_time(office: Office) -> None:
    old = save(office.home, "north", "old", later(days=-40))
    save(office.home, "north", "new", later(days=-10))
    save(office.home, "south", "old", later(days=-40))
    assert kept_before(office.home, "north", later(days=-30)) == (old,)


def test_a_document_keeps_its_bytes_and_has_a_name_that_harms_nobody(office: Office) -> None:
    documents = Documents(office.kept, "north")
    found = documents.add(
        "../../etc/pass\r\nX: y.txt", b"\0memo", media_type="text/plain", added_by="ann", now=NOON
    )
    assert documents.body(found.id) == b"\0memo"
    assert found.name == "passX y.txt"
    assert file_name("") == file_name("..") == "document"
    with pytest.raises(UsageError, match="at most"):
        documents.add("big", bytes(LARGEST + 1), media_type="", added_by="", now=NOON)


def test_feedback_becomes_a_draft_of_an_evaluation_question(office: Office, tmp_path: Path) -> None:
    box = FeedbackBox(office.kept, "north")
    saved = answer("x")
    for place, verdict, note in (
        ("summary[0]", Verdict.RIGHT, ""),
        ("blocks[0].statements[0]", Verdict.WRONG, "It binds others."),
        ("", Verdict.MISSING, "The deadline."),
    ):
        box.add(saved, "a1", place=place, verdict=verdict, note=note, said_by="ann", now=NOON)
    made = draft(saved, "a1", box.all("a1"), lambda identifier: "us/fr/statutes/" + identifier[-2:])
    assert [one["act_id"] for one in made["gold"]] == ["us/fr/statutes/s1"]
    assert [one["note"] for one in made["draft"]["said"]] == [
        "",
        "It binds others.",
        "The deadline.",
    ]
    assert "ann" not in json.dumps(made)
    file = tmp_path / "draft.jsonl"
    file.write_text(json.dumps(made) + "\n", encoding="utf-8")
    (item,) = read_items(file)
    assert (item.question, item.jurisdictions, item.answerable) == ("May I x?", ("fr",), True)


def test_feedback_on_what_is_not_there_is_refused(office: Office) -> None:
    box, saved = FeedbackBox(office.kept, "north"), answer("x")
    assert list(places(saved)) == ["summary[0]", "blocks[0].statements[0]"]
    with pytest.raises(UsageError, match="no statement at"):
        box.add(
            saved, "a", place="summary[9]", verdict=Verdict.RIGHT, note="", said_by="", now=NOON
        )
    with pytest.raises(UsageError, match="what is missing"):
        box.add(saved, "a", place="", verdict=Verdict.MISSING, note=" ", said_by="", now=NOON)
    assert box.all() == ()
