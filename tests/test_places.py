"""Which jurisdictions a question is about: asked where it is doubtful, never guessed."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.hanging import no_hang

from pincite.errors import UsageError
from pincite.law.jurisdiction import STATES, Jurisdiction, by_id
from pincite.retrieval.places import places
from pincite.retrieval.places.gazetteer import gazetteer

# question -> the states whose law is asked for, in the order of the question
ASKED = {
    # named
    "Can I use a chat tool that collects personal information in Missouri?": "mo",
    "what are the rules on gift cards in north dakota": "nd",
    "new mexico data breach deadline": "nm",
    "Does West Virginia require a written notice?": "wv",
    "Does Virginia require a written notice?": "va",
    "I rent out a cabin in Arkansas. Can I keep the deposit?": "ar",
    "What does Kansas law say about tips?": "ks",
    "We moved to the State of Washington last year, must we register?": "wa",
    "Washington state paid family leave": "wa",
    "Under Washington law, must I give a meal break?": "wa",
    "Is a Washington employer required to post a notice?": "wa",
    "Washington's My Health My Data Act: who must comply?": "wa",
    "MISSOURI BREACH NOTICE DEADLINE": "mo",
    "HI, OK, SO IN ORDER TO CUT HAIR IN OHIO, DO I NEED A LICENSE?": "oh",
    "Commonwealth of Massachusetts security rules": "ma",
    "Georgia landlord deposit": "ga",
    "the Carolinas: what deposit rules?": "nc sc",
    # postal codes
    "Do I have to pay overtime in MO?": "mo",
    "Our bakery in Plano, TX wants to sell pies": "tx",
    "Do I need a permit in OR?": "or",
    "I am in IN. Do I need a license?": "in",
    "Are CA and NY different on sick leave?": "ca ny",
    "In CA, CO, and CT what must the notice say?": "ca co ct",
    "GA/FL/AL employers: final pay?": "ga fl al",
    "us-mo breach law": "mo",
    "wa state overtime": "wa",
    "TX employer, at-will?": "tx",
    "NJ law on final pay": "nj",
    "our office in tulsa, ok has a pool": "ok",
    "our office in Tulsa, OK has a pool": "ok",
    "our shop in dallas tx": "tx",
    "Portland OR landlord": "or",
    "Deposit on a flat in Portland, ME?": "me",
    "Property at 12 Elm Street, Augusta, ME 04330": "me",
    "wages in Kansas City MO": "mo",
    # demonyms
    "Is a Texan entitled to a lunch break?": "tx",
    "As a Hoosier, can I be fired for no reason?": "in",
    "Must we notify Missourians after a breach?": "mo",
    "Do New Yorkers get sick leave?": "ny",
    "What are Michiganders owed when laid off?": "mi",
    # cities, counties, regions
    "Our Seattle store wants to refuse cash": "wa",
    "our seattle store wants to refuse cash": "wa",
    "Can my landlord in Minneapolis keep the deposit?": "mn",
    "I run a food truck in Austin": "tx",
    "can i record calls in chicago": "il",
    "our Boise office": "id",
    "I am a teacher in Virginia Beach": "va",
    "I work in Colorado Springs": "co",
    "We have a plant in Michigan City": "in",
    "a diner in Oregon City": "or",
    "a diner in Texas City": "tx",
    "A motel in Jersey City": "nj",
    "Oklahoma City landlord": "ok",
    "A shop in Iowa City": "ia",
    "Nebraska City orchard": "ne",
    "Nevada City inn": "ca",
    "Bay Area restaurant: tips": "ca",
    "SoCal gym membership": "ca",
    "I have an apartment in NYC": "ny",
    "my landlord in the Bronx": "ny",
    "We deliver in Upstate New York": "ny",
    "Our store Upstate must close on Sunday?": "ny",
    "Cook County employer": "il",
    "We rent in Maricopa County": "az",
    "in Miami-Dade County, can I subdivide?": "fl",
    "Can I fish in Coeur d'Alene?": "id",
    "St. Louis employer": "mo",
    "Saint Louis employer": "mo",
    "Ft. Worth salon": "tx",
    "Winston-Salem daycare": "nc",
    "L.A. restaurant": "ca",
    "DFW warehouse": "tx",
    # the District
    "Can my Washington, D.C. employer fire me?": "dc",
    "In the District, is paid leave required?": "dc",
    "Does the school district have to tell parents?": "",
    "Washington DC tenants": "dc",
    "Is a DC employer bound to pay?": "dc",
    "District of Columbia minimum wage": "dc",
    "How does the District of Columbia protect trade secrets?": "dc",
    "a bar in Georgetown, Washington, D.C.": "dc",
    # a place with its state settles it
    "Minimum wage in Kansas City, Missouri?": "mo",
    "Minimum wage in Kansas City, Kansas?": "ks",
    "Arkansas City, Kansas landlord": "ks",
    "Nevada, Missouri landlord": "mo",
    "Indiana, Pennsylvania bakery": "pa",
    "Delaware, Ohio brewery": "oh",
    "California, Missouri school": "mo",
    "Wyoming, Michigan dentist": "mi",
    "Mexico, Missouri barber": "mo",
    "Paris, Texas bakery": "tx",
    "Moscow, Idaho bakery": "id",
    "Athens, Georgia band": "ga",
    "Vancouver, Washington landlord": "wa",
    "Peru, Indiana circus": "in",
    "Lebanon, New Hampshire clinic": "nh",
    "Cuba, Missouri diner": "mo",
    "China, Maine school": "me",
    "Springfield, Massachusetts zoning permit from the state?": "ma",
    "Franklin, Tennessee restaurant": "tn",
    "Reading, Pennsylvania outlet": "pa",
    "mobile, alabama shipyard": "al",
    "Our shop in Springfield must follow Missouri wage rules?": "mo",
    "Our Portland store: what does Maine law say on bags?": "me",
    "Cleveland plant, Tennessee law on layoffs": "tn",
    "Washington County landlord, Oregon": "or",
    # several, and lists that are not towns
    "In California, Colorado and Connecticut, what must the notice say?": "ca co ct",
    "Compare Nevada, Missouri and Kansas on deposits": "nv mo ks",
    "Compare Delaware, Ohio, and Texas on noncompetes": "de oh tx",
    "stores in Oregon and Washington: cash refusal": "or wa",
    "Texas vs. Oklahoma: which is stricter on calls?": "tx ok",
    "I live in Kentucky and work in Ohio. Who taxes my pay?": "ky oh",
    "Offices in Boston and Atlanta: breaks?": "ma ga",
    "Seattle, Oregon and Idaho shops": "wa or id",
    # passing mentions (see MENTIONED)
    "We're an online store in Ohio with no office in North Dakota; must we collect tax?": "nd",
    "Therapist licensed in Maryland only; a patient just moved into DC. May I see him?": "dc",
    "We are a Delaware corporation with a shop in Texas. What must we post?": "tx",
    "I moved from Texas to Vermont; can I keep my plates?": "vt",
    "We're headquartered in Ohio and sell to customers in California": "ca",
    "A Nevada LLC wants to open a bar in Utah": "ut",
    "Nurse licensed in Iowa wants to work in Montana": "mt",
    "Incorporated in Delaware, hiring in Georgia": "ga",
    "We don't have any employees in Maine but our truck drives through Vermont": "me vt",
    "Can a Texas-licensed dentist practice in Oklahoma?": "ok",
    "Is a licensed dentist in Texas bound to report?": "tx",
    "We have staff in New Jersey and one who works remotely from Florida": "nj fl",
    "My mom lives in Arizona and I'm in Oregon. May I record our calls?": "az or",
    "I bought a car in Georgia and registered it in Alabama": "ga al",
    "Our headquarters is in Chicago but the worker lives in Milwaukee": "wi",
    "A lawyer admitted to practice law in Ohio moves to Indiana": "in",
    "Employer in KS, worker in MO": "ks mo",
    "NY vs NJ: which is longer?": "ny nj",
    "We do telehealth into FL and TX from our GA office": "fl tx ga",
    "Miami, FL to Atlanta, GA trucking permit": "fl ga",
    "Denver-based startup hiring in Austin": "tx",
    "May a Louisiana-based carrier dock pay in Texas?": "tx",
    "We are in Ohio. Is it legal in Texas?": "tx",
    "North or South Carolina?": "nc sc",
    # only one is named, so it counts although in passing
    "We are a Delaware corporation. How often must the board meet?": "de",
    "We're based in Ohio. Do we need a privacy notice?": "oh",
    "I am licensed in Maryland. When do I renew?": "md",
    # citations
    "what does RCW 19.255.010 require": "wa",
    "Does RSMo 407.1500 bind us?": "mo",
    "Mo. Rev. Stat. § 407.1500": "mo",
    "Cal. Civ. Code § 1798.100 notice": "ca",
    "N.M. Stat. Ann. § 57-12C-5": "nm",
    "CCPA deadlines": "ca",
    # the invented state, only when so written
    "What does the State of Franklin require of landlords?": "fr",
    # goods, firms and waters that hold a place's name
    "new york strip steak labels in Kansas": "ks",
    "Texas toast and Philadelphia cheesesteak in Tampa: allergen labels?": "fl",
    "Wells Fargo branch in South Dakota": "sd",
    "Washington Post subscription renewal in Virginia": "va",
    "Fishing the Delaware River in Pennsylvania": "pa",
    "A beach on Lake Michigan in Indiana": "in",
    "My son Dallas works in a bakery in Maine": "me",
    "california roll labels": "",
    "Hawaiian shirts and buffalo wings": "",
    "Jackson Hewitt and Bank of America": "",
    # no place at all: the assistant asks
    "Is ORS required before surgery?": "",
    "Can my landlord enter without notice?": "",
    "Do I need a license to cut hair?": "",
    "hi, ok so me and my pa want to open a shop in la or de": "",
    "Is it ok to ask for ID, or must I hire a CO?": "",
    "Me and my partner, in or out?": "",
    "Or is it illegal? Hi. In short, ok. Me too. Oh. Al said so, ma.": "",
    "Our MD and PA work with an MA; CT scans and MS Word": "",
    "Does Virginia Smith need a license?": "",
    "Can I fire Georgia Miller or George Washington?": "",
    "Does Ms. Virginia need a license?": "",
    "My coworker Jackson told Madison and Lincoln": "",
    "Madison Reed hair color": "",
    "a mobile app for reading normal surprise orange boxes": "",
    "Indiana Jones costume": "",
    "We serve turkey on china in March": "",
}  # fmt: skip

MENTIONED = {
    "We're an online store in Ohio with no office in North Dakota; must we collect tax?": "oh",
    "Therapist licensed in Maryland only; a patient just moved into DC. May I see him?": "md",
    "We are a Delaware corporation with a shop in Texas. What must we post?": "de",
    "I moved from Texas to Vermont; can I keep my plates?": "tx",
    "We're headquartered in Ohio and sell to customers in California": "oh",
    "A Nevada LLC wants to open a bar in Utah": "nv",
    "Nurse licensed in Iowa wants to work in Montana": "ia",
    "Incorporated in Delaware, hiring in Georgia": "de",
    "Do I have to be licensed in Texas if I am licensed in Maine?": "me",
}

ASKED_BETWEEN = {
    "Must I give notice in Washington?": ("Washington", "District of Columbia"),
    "washington minimum notice?": ("Washington", "District of Columbia"),
    "Our Portland store refuses cash": ("Oregon", "Maine"),
    "we rent in portland": ("Oregon", "Maine"),
    "Minimum wage in Kansas City?": ("Missouri", "Kansas"),
    "Springfield landlord": ("Missouri", "Massachusetts", "Illinois", "Oregon", "Ohio"),
    "LA landlord": ("California", "Louisiana"),
    "our shop in Charleston": ("South Carolina", "West Virginia"),
    "a school in Vancouver": ("Washington", "British Columbia (Canada)"),
    "a school in Jersey": ("New Jersey", "Jersey (Channel Islands)"),
    "We are in Orange County": ("California", "Florida", "New York"),
    "Somewhere in Carolina": ("North Carolina", "South Carolina"),
}

ELSEWHERE = {
    "Our landlord in Toronto, Ontario raised the rent": ("Toronto, Ontario",),
    "Does Germany require a works council?": ("Germany",),
    "Muss ich in Deutschland eine Datenschutzerklärung haben?": ("Germany",),
    "¿Qué exige la ley en México?": ("Mexico",),
    "Faut-il un contrat écrit en France ?": ("France",),
    "Brauche ich in Österreich eine Lizenz?": ("Austria",),
    "In the UK, must I pay for holidays?": ("the United Kingdom",),
    "Does EU law bind my shop?": ("the European Union",),
    "What does German law say on breaks?": ("Germany",),
    "We sell in Georgia (the country)": ("Georgia (the country)",),
    "Tbilisi, Georgia bakery license": ("Georgia (the country)",),
    "Do I need a permit in Puerto Rico?": ("Puerto Rico",),
    "Guam sales tax": ("Guam",),
    "A shop in London": ("London, England",),
    "A shop in Paris": ("Paris, France",),
    "A shop in Vancouver, British Columbia": ("Vancouver, British Columbia",),
    "Birmingham, England pub": ("Birmingham, England",),
    "Hamilton, Ontario office": ("Hamilton, Ontario",),
    "Must I collect Mexican tax in Mexico?": ("Mexico",),
}

LOCAL = {
    "What does Kansas City's own city ordinance say on tipping?": ("Kansas City: city ordinance",),
    "Honolulu's ordinance on short-term rentals": ("Honolulu: ordinance",),
    "What does the county code say about fences?": ("county code",),
    "zoning bylaw of Cape Elizabeth": ("Cape Elizabeth: zoning bylaw",),
    "Is there a noise ordinance?": ("noise ordinance",),
}


def ids(codes: str) -> list[str]:
    return [f"us-{code}" for code in codes.split()]


@pytest.mark.parametrize(("question", "states"), ASKED.items())
def test_a_question_asks_for_the_law_of(question: str, states: str) -> None:
    found = places(question)
    assert [item.id for item in found.jurisdictions if item.id != "us"] == ids(states)


@pytest.mark.parametrize("question", [q for q, states in ASKED.items() if not states])
def test_a_question_with_no_place_finds_nothing_at_all(question: str) -> None:
    found = places(question)
    assert found.choices == found.elsewhere == found.mentioned == ()


@pytest.mark.parametrize(("question", "states"), MENTIONED.items())
def test_a_place_in_passing_is_mentioned_only(question: str, states: str) -> None:
    found = places(question)
    assert [item.id for item in found.mentioned] == ids(states)
    assert {found.role(item.id) for item in found.jurisdictions} == {"law asked for"}
    assert found.role(f"us-{states}") == "mentioned"
    assert found.role("us-hi") is None


@pytest.mark.parametrize(("question", "choices"), ASKED_BETWEEN.items())
def test_an_ambiguous_place_is_asked_about(question: str, choices: tuple[str, ...]) -> None:
    found = places(question)
    assert found.choices == choices
    assert found.jurisdictions == ()


@pytest.mark.parametrize(("question", "labels"), ELSEWHERE.items())
def test_a_place_outside_the_states_is_elsewhere(question: str, labels: tuple[str, ...]) -> None:
    found = places(question)
    assert found.elsewhere == labels
    assert found.jurisdictions == ()


@pytest.mark.parametrize(
    "question",
    [
        "We import from Mexico into Texas",
        "A Georgia shop sells goods made in China",
        "Paris, Texas bakery",
        "New Mexico landlord",
        "Panama City landlord",
    ],
)
def test_where_goods_come_from_is_not_whose_law_is_asked(question: str) -> None:
    found = places(question)
    assert found.elsewhere == ()
    assert len(found.jurisdictions) == 1


@pytest.mark.parametrize(("question", "words"), LOCAL.items())
def test_a_citys_own_ordinance_is_told_apart(question: str, words: tuple[str, ...]) -> None:
    assert places(question).local == words


@pytest.mark.parametrize(
    "question",
    [
        "Does Texas law preempt city ordinances on sick leave?",
        "Can a city ban fracking by ordinance in Colorado?",
        "Do the bylaws of our condo association bind tenants in Ohio?",
        "Where do I file the code of conduct in Iowa?",
    ],
)
def test_state_law_on_local_law_is_not_local_law(question: str) -> None:
    assert places(question).local == ()


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("Does HIPAA let me share records?", ["us"]),
        ("Do I owe overtime under federal law?", ["us"]),
        ("What does 15 U.S.C. 6801 require?", ["us"]),
        ("Are there federal or state rules in Utah?", ["us-ut", "us"]),
        ("FMLA leave in Texas", ["us-tx", "us"]),
        ("Is there a rule in the United States on gift cards?", ["us"]),
        ("We sell across the US. What does Ohio require?", ["us-oh"]),
        ("We're not covered by HIPAA. What must we do in Colorado?", ["us-co"]),
        ("Can I close on federal holidays in Iowa?", ["us-ia"]),
        ("Tell us the rule in Iowa", ["us-ia"]),
    ],
)
def test_federal_law_is_asked_for_by_its_names(question: str, expected: list[str]) -> None:
    assert [item.id for item in places(question).jurisdictions] == expected


def test_how_each_jurisdiction_is_known_is_said() -> None:
    def how(question: str) -> str:
        return places(question).jurisdictions[0].how

    assert how("Landlord in Missouri") == "named in the question"
    assert how("Springfield, Missouri landlord") == "Springfield, Missouri"
    assert how("Our Seattle store") == "Seattle is in Washington"
    assert how("Bay Area gym") == "Bay Area is in California"
    assert how("I'm a Texan") == "demonym (Texan)"
    assert how("work in MO") == "postal code MO"
    assert how("RCW 19.255.010") == "citation (RCW)"
    assert how("HIPAA forms") == "federal law (HIPAA)"
    assert how("Washington, D.C. bar") == "Washington, D.C."
    assert how("a D.C. bar") == "named in the question"


def test_where_the_names_stand_is_told() -> None:
    text = "Can our Springfield, Missouri store refuse cash, or one in TX, under HIPAA?"
    spans = places(text).spans
    assert [text[start:end] for start, end in spans] == ["Springfield, Missouri", "TX"]


def test_what_is_given_beside_the_question_wins() -> None:
    found = places("Must I give notice in Washington or Toronto?", given=["MO", "federal"])
    assert [(item.id, item.how) for item in found.jurisdictions] == [
        ("us-mo", "given"),
        ("us", "given"),
    ]
    assert found.choices == found.elsewhere == ()


def test_a_jurisdiction_that_does_not_exist_is_refused_by_name() -> None:
    with pytest.raises(UsageError, match=r"Ontario.*not a jurisdiction"):
        places("Must I give notice?", given=["Ontario"])


def test_a_bare_franklin_is_the_invented_state_only_where_it_is_installed() -> None:
    question = "Must I give notice in Franklin?"
    assert [i.id for i in places(question, installed={"us-fr"}).jurisdictions] == ["us-fr"]
    assert places(question).jurisdictions == ()
    assert "Tennessee" in places(question).choices
    for real in ("Franklin, Tennessee bakery", "A bakery in Franklin. What does Tennessee ask?"):
        assert [i.id for i in places(real, installed={"us-fr"}).jurisdictions] == ["us-tn"]


@pytest.mark.parametrize("state", STATES, ids=lambda state: state.postal)
def test_every_state_is_found_by_name_code_and_demonym(state: Jurisdiction) -> None:
    item = by_id(state.id)
    sentence = "Does {} law limit noncompetes?"
    names = (item.name, item.name.lower(), f"{item.name}’s")
    for name in names:
        assert [i.id for i in places(sentence.format(name)).jurisdictions] == [item.id]
    for demonym in item.demonyms:
        found = places(f"May {demonym}s refuse?")
        assert [i.id for i in found.jurisdictions] == [item.id]
    if item.postal != "LA":  # asked about: Los Angeles or Louisiana
        assert [i.id for i in places(f"Rules in {item.postal}?").jurisdictions] == [item.id]


@settings(deadline=None)  # the first example loads the tables
@given(st.text(max_size=300))
def test_any_text_at_all_is_read(text: str) -> None:
    found = places(text)
    known = [item.id for item in (*found.jurisdictions, *found.mentioned)]
    assert len(known) == len(set(known))
    assert places(text) == found


@settings(deadline=None)  # the first example loads the tables
@given(st.lists(st.sampled_from(sorted(gazetteer().places)), min_size=1, max_size=8), st.data())
def test_any_string_of_places_is_read(names: list[str], data: st.DataObject) -> None:
    joint = data.draw(st.sampled_from([" ", ", ", " and ", " in ", ". ", " vs. ", "-"]))
    for text in (joint.join(names), joint.join(names).title(), joint.join(names).upper()):
        found = places(text)
        assert all(by_id(item.id) for item in (*found.jurisdictions, *found.mentioned))


def test_a_huge_question_does_not_hang() -> None:
    with no_hang(120):
        found = places("Must I give notice in Springfield, Missouri or in Ohio? " * 2000)
    assert [item.id for item in found.jurisdictions] == ["us-mo", "us-oh"]
