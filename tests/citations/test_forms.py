"""The forms of every jurisdiction, both ways."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pincite.citations import (
    Citation,
    code,
    codes,
    find,
    from_identifier,
    from_pack,
    jurisdictions,
    local,
    official,
    parse,
)
from pincite.citations.load import CodeForm, code_form, forms
from pincite.citations.number import plain, range_of

STATES = (
    *("ak", "al", "ar", "az", "ca", "co", "ct", "dc", "de", "fl", "ga", "hi", "ia", "id", "il"),
    *("in", "ks", "ky", "la", "ma", "md", "me", "mi", "mn", "mo", "ms", "mt", "nc", "nd", "ne"),
    *("nh", "nj", "nm", "nv", "ny", "oh", "ok", "or", "pa", "ri", "sc", "sd", "tn", "tx", "ut"),
    *("va", "vt", "wa", "wi", "wv", "wy"),
)


def _forms() -> list[CodeForm]:
    known = [forms(jurisdiction) for jurisdiction in jurisdictions()]
    return [form for one in known if one is not None for form in one.codes]


EXAMPLES = [(form, example) for form in _forms() for example in form.examples]


def test_every_jurisdiction_has_a_statute_code_and_a_regulation_code() -> None:
    assert set(jurisdictions()) == {"us", "us-fr", *(f"us-{state}" for state in STATES)}
    for jurisdiction in jurisdictions():
        kinds = {one.kind.value for one in codes(jurisdiction)}
        assert kinds == {"statute", "regulation"}, jurisdiction


def test_a_code_that_is_not_there_is_none() -> None:
    assert code("us-mo", "rsmo") is not None
    assert code("us-mo", "nope") is None
    assert codes("us-zz") == ()
    assert codes("../us") == ()


@pytest.mark.parametrize(
    ("form", "example"), EXAMPLES, ids=[f"{f.code.jurisdiction}:{e[0]}" for f, e in EXAMPLES]
)
def test_examples_go_both_ways(form: CodeForm, example: tuple[str, str, str]) -> None:
    written, in_local_form, identifier = example
    found = parse(written)
    assert (found.full_id if found else "") == identifier
    if found is None:
        return
    assert from_identifier(identifier) == found
    assert parse(official(found)) == found
    assert parse(local(found), jurisdiction=form.code.jurisdiction) == found
    if in_local_form:
        assert official(found) == written
        assert local(found) == in_local_form


@pytest.mark.parametrize(
    ("form", "example"), EXAMPLES, ids=[f"{f.code.jurisdiction}:{e[0]}" for f, e in EXAMPLES]
)
def test_an_example_is_found_whole_in_a_sentence_or_not_at_all(
    form: CodeForm, example: tuple[str, str, str]
) -> None:
    written, _, identifier = example
    text = f"Under {written}, a person must do so."
    found = find(text, jurisdiction=form.code.jurisdiction)
    ids = [one.citation.full_id for one in found]
    assert ids == ([identifier] if identifier else [])
    if found:
        assert text[found[0].start : found[0].end] == written
    if found and not written.endswith((")", found[0].citation.number)):
        return  # What follows the number is the code's name, and the number alone may be read.
    for after in ("x", "7", "-4"):
        longer = find(f"Under {written}{after} it is so.")
        assert identifier not in [one.citation.full_id for one in longer]


def _strict_forms() -> list[CodeForm]:
    return [form for form in _forms() if form.examples]


@pytest.mark.parametrize(
    "form", _strict_forms(), ids=lambda form: f"{form.code.jurisdiction}/{form.code.slug}"
)
@settings(max_examples=8, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_any_number_of_a_code_is_read_back_from_both_printed_forms(
    form: CodeForm, data: st.DataObject
) -> None:
    number = plain(data.draw(st.from_regex(form.number_pattern, fullmatch=True, alphabet=_PLAIN)))
    title = ""
    if "{t}" in form.official:
        title = data.draw(st.from_regex(form.title, fullmatch=True, alphabet=_PLAIN))
    first, through = number, None
    if title not in form.ends_not_in:
        first, through = range_of(number, form.ends_pattern)
    citation = Citation(
        jurisdiction=form.code.jurisdiction,
        code=form.code.slug,
        title=title,
        number=first,
        through=through,
    )
    for printed in (official(citation), local(citation)):
        read = parse(printed, jurisdiction=form.code.jurisdiction)
        assert read is not None, printed
        assert read.id == citation.id, printed
    assert from_identifier(citation.id) == citation


_PLAIN = st.characters(codec="ascii", exclude_categories=["Cc"])


@settings(deadline=None)
@given(
    citation=st.text(max_size=60),
    jurisdiction=st.sampled_from(["us", "us-mo", "us-ca", "us-zz", ""]),
    kind=st.sampled_from(["statute", "regulation", "internal"]),
)
def test_whatever_a_pack_calls_a_section_it_gets_a_stable_identifier(
    citation: str, jurisdiction: str, kind: str
) -> None:
    once = from_pack(citation, jurisdiction=jurisdiction, kind=kind)
    assert once == from_pack(citation, jurisdiction=jurisdiction, kind=kind)
    assert once.id.startswith(f"/{jurisdiction}/")
    assert official(once)


def test_a_code_s_form_is_read_from_its_file_only_once() -> None:
    assert code_form("us-mo", "rsmo") is code_form("us-mo", "rsmo")
