"""Facts that the asker tells about themselves: what they are, what they run, how many they are."""

from __future__ import annotations

import re

_TRADES = (
    "run|own|operate|manage|insure|sell|breed|franchise|rent\\ out|publish|build|repair|hold|handle"
    "|collect|lend|manufacture|distribute|import|host|teach|employ"
)
_PLACES = (
    "shop|store|salon|clinic|hospital|restaurant|bar|company|firm|business|practice|school|office"
    "|bank|gym|lodge|hotel|farm|dealership|lot|agency|nonprofit|charity|warehouse|plant|factory"
    "|studio|bakery|brewery|winery|kennel|pharmacy|app|website|call\\ cent(?:er|re)|call\\ team"
)
_SELF = re.compile(
    rf"""\b(?:
        (?:we|i)(?:\ are|'re|\ am|'m)\ (?:an?|the)\ (?P<are>[^,.;?!]{{3,60}})
      | (?:we|i)\ (?P<do>(?:{_TRADES})\ [^,.;?!]{{3,60}})
      | (?:my|our)\ (?P<our>(?:[\w-]+\ ){{0,3}}(?:{_PLACES}))
    )""",
    re.IGNORECASE | re.VERBOSE,
)
_STOP = re.compile(
    r"\b(?:and|but|that|which|who|where|in|with|to|when|if|because|so)\b.*$", re.IGNORECASE
)
_COUNT = re.compile(
    r"\b(?P<count>\d[\d,]{0,20})(?:-person|\s+(?:full-time\s+|part-time\s+)?"
    r"(?P<unit>employees|staff|people|workers|part-timers|customers|residents|patients|consumers|users|units))\b",
    re.IGNORECASE,
)


def facts(text: str) -> tuple[str, ...]:
    """Short phrases in the asker's own words, each once, in order."""
    found: list[str] = []
    for match in _SELF.finditer(text):
        words = match["are"] or match["do"] or match["our"] or ""
        words = _STOP.sub("", words).strip(" '\"")
        if words:
            found.append(" ".join(words.split()))
    found.extend(
        f"{match['count']} {match['unit'] or 'people'}".lower() for match in _COUNT.finditer(text)
    )
    return tuple(dict.fromkeys(found))
