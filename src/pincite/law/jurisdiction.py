"""The jurisdictions whose law Pincite knows: US federal, the fifty states and DC."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum


class JurisdictionKind(StrEnum):
    """What sort of jurisdiction it is; an invented one is for demonstration and tests.

    Internal is none: it stands where a jurisdiction does for a user's own policies and contracts.
    """

    FEDERAL = "federal"
    STATE = "state"
    DISTRICT = "district"
    INVENTED = "invented"
    INTERNAL = "internal"


@dataclass(frozen=True, slots=True)
class Jurisdiction:
    """`id` is `us`, `us-mo`, ...; `postal` is upper case; demonyms are singular."""

    id: str
    name: str
    postal: str
    demonyms: tuple[str, ...]
    kind: JurisdictionKind

    @property
    def pack_code(self) -> str:
        """The part of a pack's name that says whose law it is: `mo`, `federal`."""
        return "federal" if self.kind is JurisdictionKind.FEDERAL else self.id.removeprefix("us-")

    @property
    def pack_prefix(self) -> str:
        """What the names of this jurisdiction's packs start with: `us_mo`, `us_federal`."""
        internal = self.kind is JurisdictionKind.INTERNAL
        return self.pack_code if internal else f"us_{self.pack_code}"

    @property
    def invented(self) -> bool:
        return self.kind is JurisdictionKind.INVENTED


# Demonyms: the U.S. Government Publishing Office Style Manual (2016), 5.23, and after the
# semicolon the usual others. Each stands in the plural with an s.
_STATES = """
AL Alabama: Alabamian, Alabaman
AK Alaska: Alaskan
AZ Arizona: Arizonan, Arizonian
AR Arkansas: Arkansan, Arkansawyer
CA California: Californian
CO Colorado: Coloradan, Coloradoan
CT Connecticut: Connecticuter, Nutmegger
DE Delaware: Delawarean
FL Florida: Floridian
GA Georgia: Georgian
HI Hawaii: Hawaiian
ID Idaho: Idahoan
IL Illinois: Illinoisan, Illinoisian
IN Indiana: Hoosier, Indianan, Indianian
IA Iowa: Iowan
KS Kansas: Kansan
KY Kentucky: Kentuckian
LA Louisiana: Louisianan, Louisianian
ME Maine: Mainer
MD Maryland: Marylander
MA Massachusetts: Massachusettsan, Bay Stater
MI Michigan: Michigander, Michiganian
MN Minnesota: Minnesotan
MS Mississippi: Mississippian
MO Missouri: Missourian
MT Montana: Montanan
NE Nebraska: Nebraskan
NV Nevada: Nevadan
NH New Hampshire: New Hampshirite, Granite Stater
NJ New Jersey: New Jerseyan, New Jerseyite
NM New Mexico: New Mexican
NY New York: New Yorker
NC North Carolina: North Carolinian, Tar Heel
ND North Dakota: North Dakotan
OH Ohio: Ohioan
OK Oklahoma: Oklahoman
OR Oregon: Oregonian
PA Pennsylvania: Pennsylvanian
RI Rhode Island: Rhode Islander
SC South Carolina: South Carolinian
SD South Dakota: South Dakotan
TN Tennessee: Tennessean
TX Texas: Texan
UT Utah: Utahn, Utahan
VT Vermont: Vermonter
VA Virginia: Virginian
WA Washington: Washingtonian
WV West Virginia: West Virginian
WI Wisconsin: Wisconsinite
WY Wyoming: Wyomingite
"""

FEDERAL = Jurisdiction("us", "United States (federal)", "US", (), JurisdictionKind.FEDERAL)
DC = Jurisdiction("us-dc", "District of Columbia", "DC", (), JurisdictionKind.DISTRICT)
FRANKLIN = Jurisdiction(
    "us-fr", "State of Franklin", "FR", ("Franklinite",), JurisdictionKind.INVENTED
)

# A user's own documents. It is in no list of jurisdictions: what is there is no law.
INTERNAL = Jurisdiction("internal", "Internal documents", "", (), JurisdictionKind.INTERNAL)


def _states() -> tuple[Jurisdiction, ...]:
    rows = (line.split(" ", 1) for line in _STATES.strip().splitlines())
    return tuple(
        Jurisdiction(
            f"us-{postal.lower()}",
            rest.partition(":")[0],
            postal,
            tuple(rest.partition(": ")[2].split(", ")),
            JurisdictionKind.STATE,
        )
        for postal, rest in rows
    )


STATES = _states()
ALL: tuple[Jurisdiction, ...] = (FEDERAL, *STATES, DC, FRANKLIN)

_BY_ID = {item.id: item for item in (*ALL, INTERNAL)}
_BY_PACK_CODE = {item.pack_code: item for item in (*ALL, INTERNAL)}
# Names that a person may give beside a question. "Washington" is the state here: `--in Washington`
# stands where a state is asked for; in running text the same word is asked about (see `places`).
_ALIASES = {
    "federal": FEDERAL,
    "united states federal": FEDERAL,
    "united states": FEDERAL,
    "united states of america": FEDERAL,
    "usa": FEDERAL,
    "us federal": FEDERAL,
    "federal law": FEDERAL,
    "washington dc": DC,
    "district of columbia": DC,
    "the district of columbia": DC,
    "washington state": _BY_ID["us-wa"],
    "new york state": _BY_ID["us-ny"],
    "franklin": FRANKLIN,
    "internal": INTERNAL,
}
_BY_NAME = (
    {item.name.lower(): item for item in ALL}
    | {item.postal.lower(): item for item in ALL}
    | {item.id: item for item in ALL}
    | {item.pack_prefix.replace("_", " "): item for item in ALL}
    | _ALIASES
)


def by_id(jurisdiction_id: str) -> Jurisdiction:
    """The jurisdiction with that id (`us-mo`). Raises `KeyError` where there is none."""
    return _BY_ID[jurisdiction_id]


def by_pack_code(code: str) -> Jurisdiction | None:
    """The jurisdiction of a pack's code (`mo`, `federal`), or `None`."""
    return _BY_PACK_CODE.get(code.lower())


def jurisdiction(text: str) -> Jurisdiction | None:
    """The jurisdiction that `text` alone names: MO, mo, us-mo, us_mo, Missouri, D.C., federal.

    Case, periods, commas and runs of spaces do not count. `None` where it names none.
    """
    folded = re.sub(r"[\s_]+", " ", re.sub(r"[.,()’']", "", text)).strip().lower()
    if folded in _BY_NAME:
        return _BY_NAME[folded]
    folded = folded.removeprefix("the ").removeprefix("state of ").removeprefix("commonwealth of ")
    return _BY_NAME.get(folded) or _BY_NAME.get(folded.replace(" ", "-"))
