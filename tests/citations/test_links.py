"""A section's official page is built only where its publisher has one."""

from __future__ import annotations

from urllib.parse import urlsplit

import pytest

from pincite import citations
from pincite.citations import load
from pincite.citations.links import LinkForm, link_forms, official_link


@pytest.mark.parametrize("form", link_forms(), ids=lambda form: f"{form.jurisdiction} {form.url}")
def test_the_example_of_each_form_is_what_it_builds(form: LinkForm) -> None:
    identifier, url = form.example
    assert official_link(identifier) == url
    assert urlsplit(url).scheme == "https"
    known = {code.slug for code in citations.codes(form.jurisdiction)}
    assert known.issuperset(form.codes)
    assert bool(form.codes) != bool(form.not_codes)


@pytest.mark.parametrize(
    "identifier",
    [
        "/us-fr/fs/s12-3-402",  # no publisher
        "/us-ma/mgl/c93H/s3",  # pages by part and title, which the identifier has not
        "/us-ca/ccr/t11/s7051",
        "/us-ca/civ/s1798.100...1798.199.100",
        "/us/usc/t15/ch94",
        "/us/usc/s6801",
        "/us-nc/gs/s7B-3404-1",
        "/us-tx/bc/s521",
        "/us-mo/rsmo/s407.1500%20and%20407.1501",
        "/internal/policy/s1",
        "nonsense",
        "",
    ],
)
def test_where_no_page_is_known_there_is_no_link(identifier: str) -> None:
    assert official_link(identifier) is None


def test_a_link_that_is_built_has_the_number_of_the_section_in_it() -> None:
    built = 0
    for jurisdiction in citations.jurisdictions():
        forms = load.forms(jurisdiction)
        examples = () if forms is None else [one for form in forms.codes for one in form.examples]
        for example in examples:
            citation = citations.parse(example[0], jurisdiction=jurisdiction)
            link = None if citation is None else official_link(citation.id)
            if citation is not None and link is not None:
                built += 1
                assert citation.number.replace(".", "-").rpartition("-")[2].upper() in link.upper()
    assert built > 20
