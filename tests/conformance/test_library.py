"""Every engine keeps, changes, reads and searches law alike."""

from __future__ import annotations

import asyncio
import hashlib
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from tests.conformance.conftest import DAY, NOW, PACKS, Kept

from pincite.assistant.searching import Search
from pincite.index.build import Outcome
from pincite.index.doctor import Trouble
from pincite.index.lexical import Phrase, Term, tokens
from pincite.law.section import Kind
from pincite.rendering.wire import render_json

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from numpy.typing import NDArray

LATER = datetime(2026, 9, 1, 12, tzinfo=UTC)
BREACH = "/us-fr/fs/s12-3-401"
EARLIER = ("/us-fr/fs/s12-4-103", "/us-fr/fs/s12-5-104", "/us-fr/fs/s41-6-7")
EARLIER_WORDS = ('"forty-five days"', "cash", "renumbered", "Social Security")
QUESTION = "How soon must a business give notice of a breach of security in the State of Franklin?"


class Hashed:
    """An embedding model that gives each word a direction of its own."""

    name, dimensions = "hashed-1", 64

    def embed(self, texts: Sequence[str]) -> NDArray[np.float32]:
        rows = np.zeros((len(texts), self.dimensions), dtype=np.float32)
        for row, text in zip(rows, texts, strict=True):
            for word in tokens(text):
                row[hashlib.sha256(word.encode()).digest()[0] % self.dimensions] += 1
        return rows / np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1e-6)


def test_an_empty_library_has_nothing(kept: Kept) -> None:
    assistant = kept.assistant()
    assert assistant.packs() == ()
    assert assistant.section(BREACH) is None
    assert assistant.library.versions(BREACH) == ()
    assert assistant.search(Search(words="breach")).hits == ()
    assert not assistant.remove("us_fr_statutes")


def test_packs_are_installed_once_and_told(kept: Kept) -> None:
    first = kept.put()
    assert [one.outcome for one in first] == [Outcome.INSTALLED] * 2
    assert [one.outcome for one in kept.put()] == [Outcome.UNCHANGED] * 2
    packs = kept.assistant().packs()
    assert [(pack.name, pack.sections) for pack in packs] == [
        ("us_fr_regulations", 40),
        ("us_fr_statutes", 129),
    ]
    assert packs[1].codes == ("fs",)
    assert packs[1].kind is Kind.STATUTE
    assert kept.assistant().examine() == ()


def test_a_pack_that_the_source_lacks_fails_alone(kept: Kept) -> None:
    one, other = kept.put(names=("us_fr_nothing", "us_fr_statutes"))
    assert (one.outcome, other.outcome) == (Outcome.FAILED, Outcome.INSTALLED)
    assert "us_fr_nothing" in one.reason


def test_a_section_is_read_in_any_case_with_what_stands_around_it(kept: Kept) -> None:
    kept.put()
    library = kept.assistant().library
    section = library.section(BREACH.upper().replace("/US-FR/FS/S", "/us-fr/fs/S"))
    assert section is not None
    assert section.id == BREACH
    assert hashlib.sha256(section.text.encode()).hexdigest() == section.text_sha256
    inside = library.document(section.document)
    assert section in inside
    assert [line.id for line in library.document_lines(section.document)] == [s.id for s in inside]
    here = [one.id for one in inside].index(section.id)
    beside = library.neighbours(section.id)
    assert beside.after is not None
    assert beside.after.id == inside[here + 1].id
    key = library.key_of(section.id)
    assert key is not None
    assert library.by_keys([key, 10**9]) == {key: section}
    place = library.places([key])[key]
    assert (place.id, place.heading) == (section.id, section.heading)
    assert section in library.around("us_fr_statutes", place.position, 2)
    assert library.by_act_id(None, section.act_id) == (section,)
    assert library.by_act_id("us_fr_regulations", section.act_id) == ()
    assert section.id in library.identifiers("us-fr", "fs")


def test_identifiers_are_picked_by_what_they_begin_with_and_a_test_of_each(kept: Kept) -> None:
    kept.put()
    library = kept.assistant().library
    every = library.identifiers("us-fr", "fs")

    def near(beginning: str, admits: Callable[[str], bool] = lambda _: True) -> tuple[str, ...]:
        return library.identifiers_near("us-fr", "fs", beginning, admits)

    assert near("/us-fr/fs/") == near("/US-FR/fs/") == every
    assert near("/us-fr/fs/", lambda one: "-3-" in one) == tuple(x for x in every if "-3-" in x)
    assert near("/us-fr/fs/s12/") == near("/us-fr/code/") == ()
    assert library.identifiers_near("us-fr", "other", "/us-fr/fs/", lambda _: True) == ()


def test_a_pack_read_whole_comes_in_its_order(kept: Kept) -> None:
    kept.put()
    library = kept.assistant().library
    keyed = list(library.keyed("us_fr_statutes"))
    assert len(keyed) == 129
    positions = [library.places([key])[key].position for key, _ in keyed]
    assert positions == sorted(positions)


def test_an_update_keeps_old_versions_and_takes_the_pack_over_at_once(kept: Kept) -> None:
    kept.put()
    library = kept.assistant().library
    before = {one.id: one for _, one in library.keyed("us_fr_statutes")}
    change = kept.put(2, now=LATER)[0].change
    assert (change.added, change.changed, change.removed) == (2, 4, 1)
    library = kept.assistant().library
    after = {one.id: one for _, one in library.keyed("us_fr_statutes")}
    (gone,) = before.keys() - after.keys()
    assert library.key_of(gone) is None
    assert library.section(gone) is not None
    assert library.section(gone, date(2027, 8, 1)) is None
    changed = [name for name in before.keys() & after.keys() if before[name] != after[name]]
    reworded = next(name for name in changed if before[name].text != after[name].text)
    assert before[reworded].text in {one.text for one in library.versions(reworded)}
    assert library.first_seen(BREACH) is None
    new = next(iter(after.keys() - before.keys()))
    assert library.first_seen(new) == LATER
    assert gone not in library.identifiers("us-fr", "fs")
    assert library.identifiers_near("us-fr", "fs", "/us-fr/fs/", lambda one: one == gone) == ()


def test_the_version_of_a_day_is_the_one_that_was_law(kept: Kept) -> None:
    kept.put()
    library = kept.assistant().library
    versions = library.versions("/us-fr/fs/s12-6-040")
    assert len(versions) == 2
    now = library.section("/us-fr/fs/s12-6-040", date(2026, 8, 1))
    then = library.section("/us-fr/fs/s12-6-040", date(2027, 8, 1))
    assert (now, then) == versions


def test_law_of_a_past_day_is_the_same_in_every_engine(both: tuple[Kept, Kept]) -> None:
    told: list[list[Any]] = []
    for one in both:
        one.put()
        one.put(2, now=LATER)
        assistant, here = one.assistant(LATER), list[Any]()
        told.append(here)
        for day in (date(2026, 8, 1), date(2027, 8, 1)):
            here += [assistant.library.section(identifier, day) for identifier in EARLIER]
            for words in EARLIER_WORDS:
                hits = assistant.search(Search(words=words, as_of=day, limit=20)).hits
                here.append([hit.section.id for hit in hits])
            answer = asyncio.run(assistant.ask(QUESTION, as_of=day))
            same = replace(answer, provenance=replace(answer.provenance, index=""))
            here.append(render_json(same))
        packs = assistant.library.packs()
        past = [assistant.engine.indexes.past(pack) for pack in packs]
        here.append([one and (one.words.size, one.until) for one in past])
    assert told[0] == told[1]
    assert "/us-fr/fs/s12-5-104" in told[0][len(EARLIER) + 1]


def test_a_removed_pack_is_gone_with_its_versions_and_can_come_again(kept: Kept) -> None:
    kept.put()
    assistant = kept.assistant()
    first = assistant.library.key_of(BREACH)
    assert assistant.remove("us_fr_statutes")
    assistant = kept.assistant()
    assert [pack.name for pack in assistant.packs()] == ["us_fr_regulations"]
    assert assistant.library.versions(BREACH) == ()
    kept.put()
    again = kept.assistant().library.key_of(BREACH)
    assert again is not None
    assert first is not None
    assert again > first, "a key is never given twice"


def test_words_phrases_and_filters_find_the_same_in_every_engine(both: tuple[Kept, Kept]) -> None:
    for one in both:
        one.put()
    searches = [
        Search(words="breach of security notice", limit=20),
        Search(words='"breach of security"', limit=20),
        Search(words="personal information", phrase=True, limit=20),
        Search(words="licensee records", kind=Kind.REGULATION),
        Search(words="notice", status=None, limit=50),
        Search(words="notice", as_of=date(2027, 8, 1), limit=50),
        Search(words="F.S. 12-3-401"),
        Search(words="zymurgy"),
    ]
    for search in searches:
        found = [
            [(hit.section.id, hit.found_by) for hit in one.assistant().search(search).hits]
            for one in both
        ]
        assert found[0] == found[1], search


def test_scores_of_words_are_those_of_the_embedded_engine(both: tuple[Kept, Kept]) -> None:
    parts = [Term("text", "breach"), Term("heading", "notic", 1.5), Term("hierarchy", "privaci")]
    scored = []
    for one in both:
        one.put()
        engine = one.assistant().engine
        pack = engine.library.packs()[1]
        words = engine.indexes.words(pack)
        keys = [key for key, _ in engine.library.keyed(pack.name)]
        found = words.search(parts, limit=50)
        scored.append([(keys.index(key), pytest.approx(score, rel=1e-4)) for key, score in found])
        assert words.frequency("text", "breach") > 0
        assert words.search([], limit=5) == []
        assert words.search([Phrase("text", ("one",))], limit=5) == []
    assert [at for at, _ in scored[0]] == [at for at, _ in scored[1]]
    assert [score.expected for _, score in scored[0]] == [score for _, score in scored[1]]


def test_vectors_find_the_same_in_every_engine_and_go_on_where_they_stopped(
    both: tuple[Kept, Kept],
) -> None:
    model = Hashed()
    found: list[Any] = []
    for one in both:
        one.put()
        assert one.embed(model) == {"us_fr_regulations": 40, "us_fr_statutes": 129}
        one.put(2, now=LATER)
        assert one.embed(model)["us_fr_statutes"] == 130
        engine = one.assistant().engine
        pack = engine.library.packs()[1]
        assert engine.indexes.vectors(pack, "another model") is None
        vectors = engine.indexes.vectors(pack, model.name)
        assert vectors is not None
        (question,) = model.embed(["notice of a breach of security to residents"])
        nearest = vectors.search(question, 10)
        sections = engine.library.by_keys(key for key, _ in nearest)
        found.append([(sections[key].id, round(cosine, 5)) for key, cosine in nearest])
    assert found[0] == found[1]


def test_an_answer_is_the_same_from_every_engine(both: tuple[Kept, Kept]) -> None:
    answers = []
    for one in both:
        one.put()
        assistant = one.assistant()
        answer = asyncio.run(assistant.ask(QUESTION, as_of=DAY))
        checked = assistant.verify(render_json(answer).encode(), source="answer.json")
        assert checked.holds
        # What the index is called is not the law's affair.
        same = replace(answer, provenance=replace(answer.provenance, index=""))
        answers.append(render_json(same))
    assert answers[0] == answers[1]


def test_what_a_stopped_writer_left_is_told_and_swept(kept: Kept) -> None:
    kept.put()
    if kept.cluster is None:
        (kept.home / "index" / ".tmp-1-us_fr_statutes").mkdir()
    else:
        from pincite.index.opensearch.engine import ClusterEngine

        engine = kept.assistant().engine
        assert isinstance(engine, ClusterEngine)
        left = engine.catalogue.names.built("us_fr_statutes", "left")
        engine.cluster.call("PUT", f"/{left}")
    (problem,) = kept.assistant().examine()
    assert problem.trouble is Trouble.STRAY
    assert kept.assistant().examine(fix=True)[0].mended
    assert kept.assistant().examine() == ()
    assert len(kept.assistant().packs()) == len(PACKS)
    assert NOW < LATER
