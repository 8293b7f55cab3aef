"""The setting `library` is read whole or refused with what is wrong."""

from __future__ import annotations

import hypothesis.strategies as st
import pytest
from hypothesis import given

from pincite.errors import ClusterFailed, SettingsError
from pincite.index.lexical import tokens
from pincite.index.opensearch.address import is_cluster, read_address
from pincite.index.opensearch.analysis import LEFT_OUT, placed
from pincite.index.opensearch.client import whole


def test_several_nodes_and_a_prefix_are_read() -> None:
    found = read_address("opensearchs://one:9201,two.example.org/law", user="u", password="p")
    assert found.hosts == (("one", 9201), ("two.example.org", 9200))
    assert (found.prefix, found.tls) == ("law", True)
    assert "p" not in repr(found).partition("password")[2]
    assert found.shown == "opensearchs://one:9201,two.example.org:9200/law"
    assert read_address("opensearch://localhost").prefix == "pincite"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("opensearch://me:secret@host/law", "PINCITE_LIBRARY_PASSWORD"),
        ("opensearch://", "no address"),
        ("http://host:9200", "no address"),
        ("opensearch://host/Law", "small letters"),
        ("opensearch://host:99999/law", "no host and port"),
        ("opensearch://ho st/law", "no host and port"),
    ],
)
def test_what_is_no_address_is_refused(text: str, told: str) -> None:
    with pytest.raises(SettingsError, match=told):
        read_address(text)


def test_a_password_goes_to_another_machine_with_tls_alone() -> None:
    with pytest.raises(SettingsError, match="without TLS"):
        read_address("opensearch://elsewhere/law", user="u", password="p")
    assert read_address("opensearch://localhost/law", user="u", password="p").password == "p"


@given(st.text(max_size=60))
def test_any_text_is_an_address_or_refused_in_words(text: str) -> None:
    try:
        read_address(text)
    except SettingsError:
        return
    assert is_cluster(text)


@given(st.text(max_size=300))
def test_the_words_sent_to_a_cluster_are_those_of_the_embedded_index(text: str) -> None:
    sent = placed(text).split()
    assert [word for word in sent if word != LEFT_OUT] == tokens(text)


@pytest.mark.parametrize(
    "reply",
    [
        {"timed_out": True, "_shards": {"total": 2, "successful": 2, "failed": 0}},
        {"timed_out": False, "_shards": {"total": 2, "successful": 1, "failed": 1}},
        {"timed_out": False, "_shards": {"total": 2, "successful": 1, "failed": 0}},
    ],
)
def test_an_answer_in_part_is_never_taken(reply: dict[str, object]) -> None:
    with pytest.raises(ClusterFailed, match="answered in part"):
        whole(reply)
