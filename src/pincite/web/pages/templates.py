"""Templates made into pages; whatever is put into one is escaped."""

from __future__ import annotations

import hashlib
import re
from datetime import date, datetime
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup, escape
from starlette.responses import HTMLResponse

from pincite.rendering import words
from pincite.web.form_tokens import FormTokens, with_token

if TYPE_CHECKING:
    from starlette.requests import Request

THEMES = ("light", "dark")
THEME_COOKIE = "pincite_theme"
_PLACES = (
    ("/", "Ask"),
    ("/compare", "Compare"),
    ("/search", "Search"),
    ("/watches", "Watches"),
    ("/library", "Library"),
)
_HEADERS = {"Cache-Control": "private, no-cache"}


def page(request: Request, name: str, *, status: int = 200, **values: object) -> HTMLResponse:
    """The template as a whole page, with what every page shows."""
    return HTMLResponse(rendered(request, name, **values), status_code=status, headers=_HEADERS)


def rendered(request: Request, name: str, **values: object) -> str:
    theme = request.cookies.get(THEME_COOKIE, "")
    query = request.url.query
    with with_token(getattr(request.state, "form_token", "")):
        return (
            environment()
            .get_template(name)
            .render(
                theme=theme if theme in THEMES else "",
                path=request.url.path,
                here=request.url.path + (f"?{query}" if query else ""),
                nav=_PLACES,
                caller=getattr(request.state, "caller", None),
                **values,
            )
        )


@cache
def environment() -> Environment:
    made = Environment(
        loader=PackageLoader("pincite.web", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        extensions=[FormTokens],
    )
    filters: dict[str, Any] = {
        one.__name__: one for one in (clip, day, host, moment, number, plain, shown)
    }
    made.filters.update(filters)
    made.globals["static"] = static
    return made


def shown(text: object) -> str | Markup:
    """Text as data: control characters, which law text has no use for, become visible marks."""
    if isinstance(text, Markup):
        raise TypeError("what is shown as data must not be markup already")
    return escape(words.shown(str(text)))


def clip(text: str, length: int) -> str:
    """The text on one line, cut at a space where it is longer."""
    line = " ".join(words.shown(text).split())
    return line if len(line) <= length else line[:length].rsplit(" ", 1)[0] + " …"


def number(value: int) -> str:
    return f"{value:,}"


def plain(name: str) -> str:
    """A status or a field as people write it: `in force`."""
    return name.replace("_", " ")


def day(value: date | datetime | str) -> str:
    """`21 November 2026`; a text that is no date stays as it is."""
    if isinstance(value, str):
        try:
            value = date.fromisoformat(value[:10])
        except ValueError:
            return words.shown(value)
    return f"{value.day} {value:%B %Y}"


def moment(value: str) -> str:
    """A time of the wire format, to the minute, with its offset."""
    try:
        at = datetime.fromisoformat(value)
    except ValueError:
        return words.shown(value)
    offset = at.strftime("%z")
    zone = f" UTC{offset[:3]}:{offset[3:5]}" if offset else ""
    return f"{day(at)}, {at:%H:%M}{zone}".replace(" UTC+00:00", " UTC")


def host(url: str) -> str:
    """The name of the site that an address leads to."""
    return re.sub(r"^www\.", "", urlsplit(url).hostname or "")


@cache
def static(name: str) -> str:
    """The address of a static file; it changes when the file does."""
    data = (files("pincite.web") / "static" / name).read_bytes()
    return f"/static/{name}?v={hashlib.sha256(data).hexdigest()[:8]}"
