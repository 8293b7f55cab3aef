"""Documents of a workspace: read by it as if they stood in the library, and by nobody else."""

from __future__ import annotations

import asyncio
import shutil
import tempfile
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule
from typing_extensions import override

from pincite import Assistant, Settings
from pincite.accounts.audit import AuditLog
from pincite.accounts.retention import forget_workspace
from pincite.accounts.store import AUDIT, Store
from pincite.assistant import Document, Search
from pincite.assistant.backup import back_up, restore
from pincite.assistant.own_documents import MOST, add_own, own_documents, remove_own, upload
from pincite.covering import Covering
from pincite.errors import UsageError
from pincite.law.section import Kind
from pincite.sample import PACKS, sample_packs

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pincite.assistant.own_documents import Upload

NOON = datetime(2026, 11, 21, 12, tzinfo=UTC)
TODAY = NOON.date()
TWO = ("north", "south")
LAW = "Frank. Stat. § 12-4-103"


def policy(word: str) -> Upload:
    """A policy in whose words, names and identifiers the marker stands."""
    text = (
        f"# Notice\n\n## § 1 {word.capitalize()} breaches\n\n"
        f"We notify each resident of a breach of security, with {word}, within ninety days.\n"
    )
    return upload(f"{word}.md", text.encode(), kind="internal", name=f"The {word} handbook")


def rules(word: str) -> Upload:
    text = (
        f"# Rules\n\n## 1.1 {word.capitalize()} orchards\n\n"
        f"A grower shall file the {word} report within "
        f"12 days after the harvest.\n\n## 1.2 Penalty\n\nA grower who does not file the {word} "
        "report shall pay a fine of $500.\n"
    )
    return upload(
        f"{word}-rules.md",
        text.encode(),
        kind="regulations",
        jurisdiction="us-fr",
        code=f"Rules of the {word} Board",
    )


def installed(folder: Path) -> Assistant:
    packs = sample_packs(folder / "packs")
    made = Assistant(Settings(home=folder / "home", packs=str(packs), vectors=False), now=NOON)
    made.add(PACKS)
    return made


@pytest.fixture(scope="module")
def franklin(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("franklin")
    installed(folder).library.close()
    return folder


@pytest.fixture
def helper(franklin: Path, tmp_path: Path) -> Iterator[Assistant]:
    shutil.copytree(franklin / "home", tmp_path / "home")
    settings = Settings(home=tmp_path / "home", packs=str(franklin / "packs"), vectors=False)
    made = Assistant(settings, now=NOON)
    yield made
    made.library.close()


def put(helper: Assistant, given: Upload, workspace: str = "north") -> str:
    added = add_own(helper, given, workspace=workspace, added_by="ann", now=NOON)
    assert added.pack is not None
    return added.kept.id


def doors(helper: Assistant, word: str) -> str:
    """Everything that an assistant says where a document with this word could show."""
    words = Search(words=word)
    policies = Search(words=word, kind=Kind.INTERNAL)
    kinds: list[object] = [
        helper.search(words),
        helper.search(policies),
        helper.packs(),
        helper.open(f"/internal/the-{word}-handbook/s1"),
        helper.open(f"The {word} handbook § 1"),
        helper.open(f"/us-fr/rules-of-the-{word}-board/s1.1"),
        helper.open(f"Rules of the {word} Board § 1.1"),
        helper.library.identifiers("internal", f"the-{word}-handbook"),
        helper.library.identifiers("us-fr", f"rules-of-the-{word}-board"),
        helper.open(f"/internal/the-{word}-handbook/s99"),
        helper.library.identifiers_near(
            "internal", f"the-{word}-handbook", f"/internal/the-{word}-handbook/", lambda _: True
        ),
        helper.library.installed_codes(),
    ]
    try:
        kinds.append(helper.cover(LAW, as_of=TODAY))
    except UsageError as error:
        kinds.append(error)
    return "\n".join(map(repr, kinds)).replace(repr(word), "")


class OwnDocuments(RuleBasedStateMachine):
    """Two workspaces add and remove documents in any order; each reads exactly its own."""

    franklin: Path

    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.TemporaryDirectory()
        home = Path(self.folder.name) / "home"
        shutil.copytree(self.franklin / "home", home)
        settings = Settings(home=home, packs=str(self.franklin / "packs"), vectors=False)
        self.helper = Assistant(settings, now=NOON)
        self.before = self.helper.library.digest()
        self.kept: dict[str, dict[str, str]] = {workspace: {} for workspace in TWO}

    @override
    def teardown(self) -> None:
        self.helper.library.close()
        self.folder.cleanup()

    @rule(
        workspace=st.sampled_from(TWO),
        word=st.sampled_from(("quince", "medlar")),
        kind=st.sampled_from((policy, rules)),
    )
    def add(self, workspace: str, word: str, kind: object) -> None:
        given = policy(word) if kind is policy else rules(word)
        self.kept[workspace][given.name] = put(self.helper, given, workspace)

    @rule(workspace=st.sampled_from(TWO), data=st.data())
    def remove(self, workspace: str, data: st.DataObject) -> None:
        if not self.kept[workspace]:
            return
        name = data.draw(st.sampled_from(sorted(self.kept[workspace])))
        one = self.kept[workspace].pop(name)
        assert remove_own(self.helper, one, workspace=workspace, now=NOON)

    @rule(workspace=st.sampled_from(TWO))
    def forget(self, workspace: str) -> None:
        forget_workspace(self.helper.home, workspace)
        self.kept[workspace].clear()

    @invariant()
    def each_reads_its_own_and_nothing_else(self) -> None:
        for workspace in TWO:
            here, names = self.helper.within(workspace), self.kept[workspace]
            told = own_documents(self.helper, workspace)
            assert {one.kept.name for one in told} == set(names)
            assert all(one.pack is not None for one in told)
            for word in ("quince", "medlar"):
                handbook = here.open(f"/internal/the-{word}-handbook/s1")
                assert (type(handbook).__name__ == "Opened") is (f"{word}.md" in names)
                said = doors(here, word)
                there = f"{word}.md" in names or f"{word}-rules.md" in names
                assert (f"{word} report" in said or f"{word}, within" in said) is there
        assert "quince report" not in doors(self.helper, "quince")
        assert self.helper.library.digest() == self.before


@pytest.fixture(scope="module", autouse=True)
def _of_franklin(franklin: Path) -> None:
    OwnDocuments.franklin = franklin


OwnDocuments.TestCase.settings = settings(max_examples=8, stateful_step_count=8, deadline=None)
TestOwnDocuments = OwnDocuments.TestCase


def test_a_document_of_ones_own_is_read_as_one_of_the_library(
    helper: Assistant, tmp_path: Path
) -> None:
    """A workspace's answers, hits and verdicts are those that everybody's library would give."""
    question = "By when must a grower file the quince report in the State of Franklin?"
    put(helper, rules("quince"))
    put(helper, policy("quince"))
    apart = Assistant(
        Settings(home=tmp_path / "one", packs=helper.settings.packs, vectors=False), now=NOON
    )
    apart.add(PACKS)
    for one in (rules("quince"), policy("quince")):
        (tmp_path / one.name).write_bytes(one.body)
        told = one.told
        assert told is not None
        apart.add_document(
            Document(
                path=tmp_path / one.name,
                kind=told.kind,
                jurisdiction=told.jurisdiction,
                code=told.code,
                name=told.name,
            )
        )
    here = helper.within("north")
    for words in ("quince", "breach of security", '"quince report"', LAW):
        both = [one.search(Search(words=words)) for one in (here, apart)]
        assert [
            [(hit.section.id, hit.start, hit.end, hit.score) for hit in found.hits]
            for found in both
        ] == [[(hit.section.id, hit.start, hit.end, hit.score) for hit in both[1].hits]] * 2
    answers = [
        asyncio.run(one.ask(question, as_of=TODAY, jurisdictions=["us-fr"]))
        for one in (here, apart)
    ]
    assert [one.id for one in answers[0].sources] == [one.id for one in answers[1].sources]
    assert answers[0].summary == answers[1].summary
    coverings = [one.cover(LAW, as_of=TODAY) for one in (here, apart)]
    assert all(isinstance(one, Covering) for one in coverings)
    assert coverings[0].items == coverings[1].items  # pyrefly: ignore
    lines = [
        one.library.document_lines("/us-fr/rules-of-the-quince-board") for one in (here, apart)
    ]
    assert lines[0] == lines[1]
    for pack in ("us_fr_statutes", "us_fr_regulations_quince_rules"):
        keyed = [dict(one.library.keyed(pack)) for one in (here, apart)]
        assert [one.id for one in keyed[0].values()] == [one.id for one in keyed[1].values()]
        assert here.library.by_keys(keyed[0]) == keyed[0]
        places = here.library.places(keyed[0])
        assert {key: one.id for key, one in places.items()} == {
            key: one.id for key, one in keyed[0].items()
        }
        for one in keyed[0].values():
            found = [library.key_of(one.id) for library in (here.library, apart.library)]
            sides = zip((here.library, apart.library), found, strict=True)
            both = [list(library.by_keys([key or 0]).values()) for library, key in sides]
            assert [row.id for row in both[0]] == [row.id for row in both[1]] == [one.id]


def test_what_is_removed_is_in_no_file_any_more(helper: Assistant) -> None:
    one = put(helper, rules("zanzibar"))
    two = put(helper, policy("zanzibar"))

    def left() -> list[Path]:
        files = (path for path in helper.home.rglob("*") if path.is_file())
        return [path for path in files if b"zanzibar" in path.read_bytes().lower()]

    assert left()
    assert remove_own(helper, one, workspace="north", now=NOON)
    assert remove_own(helper, two, workspace="north", now=NOON)
    assert left() == []
    assert not remove_own(helper, one, workspace="north", now=NOON)


def test_a_newer_file_of_the_same_policy_takes_its_place(helper: Assistant) -> None:
    put(helper, policy("quince"))
    newer = upload(
        "b.md",
        "# N\n\n## § 1 A\n\nNew words.\n".encode(),
        kind="internal",
        name="The quince handbook",
    )
    put(helper, newer)
    first, second = own_documents(helper, "north")
    assert {first.kept.name: first.pack is None, second.kept.name: second.pack is None} == {
        "b.md": False,
        "quince.md": True,
    }
    opened = helper.within("north").open("/internal/the-quince-handbook/s1")
    assert "New words." in repr(opened)


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (upload("a.exe", b"x", kind="internal"), "no format"),
        (upload("a.md", b"  ", kind="internal"), "empty"),
        (upload("a.docx", b"PK\x03\x04junk", kind="internal"), "a.docx"),
        (upload("a.md", b"x", kind="regulations", code="A"), "jurisdiction"),
        (upload("a.md", b"x", kind="regulations", jurisdiction="us-fr"), "code"),
        (upload("a.md", b"x", kind="internal", name="§ 5"), "cannot be cited"),
    ],
)
def test_of_a_file_that_cannot_be_read_nothing_is_kept(
    helper: Assistant, given: Upload, said: str
) -> None:
    with pytest.raises(UsageError, match=said):
        put(helper, given)
    assert own_documents(helper, "north") == ()
    assert helper.within("north").packs() == helper.packs()


def test_a_name_that_is_no_workspaces_leads_nowhere(helper: Assistant) -> None:
    for name in ("..", "../north", "North", "", "a/b", "x" * 60):
        with pytest.raises(UsageError, match="no name of a workspace"):
            helper.within(name)


def test_there_are_only_so_many(helper: Assistant) -> None:
    for number in range(MOST):
        given = upload(f"{number}.md", f"{number}".encode())
        add_own(helper, given, workspace="north", added_by="", now=NOON)
    with pytest.raises(UsageError, match="at most"):
        put(helper, policy("quince"))


def test_a_workspace_that_is_removed_and_made_again_begins_with_nothing(helper: Assistant) -> None:
    put(helper, policy("quince"))
    assert len(helper.within("north").packs()) == len(helper.packs()) + 1
    forget_workspace(helper.home, "north")
    assert helper.within("north").packs() == helper.packs()
    put(helper, rules("medlar"))
    names = {pack.name for pack in helper.within("north").packs()}
    assert names - {pack.name for pack in helper.packs()} == {"us_fr_regulations_medlar_rules"}


def test_a_backup_brings_the_documents_of_every_workspace_back(
    helper: Assistant, tmp_path: Path
) -> None:
    put(helper, policy("quince"))
    put(helper, rules("medlar"), "south")
    back_up(helper.home, tmp_path / "b.tar", now=NOON)
    restore(tmp_path / "new", tmp_path / "b.tar", now=NOON)
    other = Assistant(helper.settings.model_copy(update={"home": tmp_path / "new"}), now=NOON)
    for workspace, word in (("north", "quince"), ("south", "medlar")):
        assert doors(other.within(workspace), word) != doors(other, word)
        assert [one.kept for one in own_documents(other, workspace)] == [
            one.kept for one in own_documents(helper, workspace)
        ]
    assert [str(one) for one in other.within("north").examine()] == []


def test_without_accounts_the_console_did_it_in_a_home_that_has_an_audit_log(
    helper: Assistant,
) -> None:
    kept = put(helper, policy("quince"))
    assert not (helper.home / AUDIT.name).exists()
    with Store(helper.home, AUDIT) as store:
        assert remove_own(helper, kept, workspace="north", now=NOON)
        assert not remove_own(helper, kept, workspace="north", now=NOON)
        put(helper, policy("quince"))
        told = list(AuditLog(store).entries(workspace="north"))
    said = [(one.actor, one.action, one.detail["document"]) for one in told]
    assert said == [("(console)", act, kept) for act in ("remove document", "add document")]
    assert "quince" not in repr(told)
