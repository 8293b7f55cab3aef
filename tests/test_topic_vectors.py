"""The vectors that come with the package are those of the taxonomy that comes with it."""

from __future__ import annotations

from dataclasses import replace

from pincite.retrieval import topic_vectors
from pincite.retrieval.topic_vectors import digest_of, phrasings, shipped, shipped_topics

REMAKE = (
    "the topics' vectors are older than the taxonomy; make them anew with "
    "`python -m pincite.retrieval.topic_vectors MODEL_FOLDER`"
)


def test_the_vectors_are_not_older_than_the_taxonomy() -> None:
    vectors = shipped()
    assert vectors is not None, REMAKE
    assert vectors.digest == digest_of(shipped_topics()), REMAKE


def test_the_compiled_taxonomy_is_that_of_the_files() -> None:
    assert topic_vectors.compiled_digest() == topic_vectors.files_digest(), REMAKE


def test_there_is_a_vector_for_each_phrasing_and_a_topic_for_each_vector() -> None:
    vectors = shipped()
    assert vectors is not None, REMAKE
    owners = [number for number, _ in phrasings(shipped_topics())]
    assert vectors.owners.tolist() == owners, REMAKE
    assert len(vectors.rows) == len(owners)


def test_the_digest_changes_with_what_is_compared_and_with_nothing_else() -> None:
    topics = shipped_topics()[:3]
    first, *rest = topics
    assert digest_of((replace(first, lay=(*first.lay, "one more")), *rest)) != digest_of(topics)
    assert digest_of((replace(first, name="Another name"), *rest)) != digest_of(topics)
    assert digest_of((*rest, first)) != digest_of(topics)
    assert digest_of((replace(first, terms=("other terms",)), *rest)) == digest_of(topics)


def test_the_shipped_topics_are_read_once() -> None:
    assert topic_vectors.matcher() is topic_vectors.matcher()
