"""What requests and answers of the API have in common: strict models, problems, dates."""

from __future__ import annotations

import re
from datetime import date
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, WithJsonSchema

from pincite.assistant import named
from pincite.errors import UsageError
from pincite.law.jurisdiction import ALL
from pincite.web.problems import MEDIA_TYPE

AS_OF = "2026-11-21"
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)


class Strict(BaseModel):
    """A part of a request: a field that is not known is refused by name."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Told(BaseModel):
    """A part of an answer."""

    model_config = ConfigDict(extra="forbid", frozen=True)


def _day(value: object) -> object:
    """Dates are written one way; pydantic would also take seconds since 1970."""
    if isinstance(value, str) and not _DAY.fullmatch(value):
        raise ValueError("write the date as 2026-11-21")
    if value is not None and not isinstance(value, (str, date)):
        raise ValueError("write the date as 2026-11-21, in quotation marks")
    return value


def _utf8(value: object) -> object:
    if isinstance(value, str) and any("\ud800" <= letter <= "\udfff" for letter in value):
        raise ValueError("it is no text in UTF-8")
    return value


def _text(value: object) -> object:
    if isinstance(value, str) and "\x00" in value:
        raise ValueError("there is a NUL character in it")
    return _utf8(value)


Day = Annotated[date, BeforeValidator(_day)]
AnyText = Annotated[str, BeforeValidator(_utf8)]
# Without NUL, which is in no question, citation or name.
Text = Annotated[str, Field(pattern=r"^[^\x00]*$"), BeforeValidator(_text)]
# The same, with at least one sign that can be seen.
Words = Annotated[
    str, Field(pattern=r"^[^\x00]*[^\s\x00-\x20\x85\xa0][^\x00]*$"), BeforeValidator(_text)
]
Moment = Annotated[str, Field(json_schema_extra={"format": "date-time"})]


def _place(value: object) -> object:
    """The id of the jurisdiction, in a validator's own words where it is none."""
    try:
        return named(value) if isinstance(value, str) else value
    except UsageError as error:
        raise ValueError(str(error)) from None


# Its description names the ids alone: what else is understood is too much to list.
Place = Annotated[
    str,
    BeforeValidator(_place),
    WithJsonSchema(
        {
            "type": "string",
            "enum": [one.id for one in ALL],
            "description": "Whose law; `MO` and `Missouri` are understood as well.",
        }
    ),
]


class FaultTold(Told):
    """What is wrong at one place of a request."""

    where: str = Field(description="`body.question`, `query.as_of`.")
    message: str


class ProblemTold(BaseModel):
    """An error (RFC 9457)."""

    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "type": "about:blank",
                "title": "Unprocessable Entity",
                "status": 422,
                "detail": "'Atlantis' is no jurisdiction; write MO, us-mo or Missouri, DC, or "
                "federal",
                "request_id": "9f86d081884c7d65",
            }
        }
    )

    type: str = "about:blank"
    title: str
    status: int
    detail: str = Field(description="What is wrong here, and what to do.")
    request_id: str = Field("", description="As in the header `X-Request-ID`, and in the log.")
    errors: list[FaultTold] = Field(
        default_factory=list, description="What is wrong with the request, place by place."
    )


_SAID = {
    400: "The body is not JSON, or the host is not this server's",
    401: "Nobody is signed in (servers with accounts)",
    403: "A page of another site sent it, or the key lacks the scope",
    404: "There is no such thing",
    409: "The request with this Idempotency-Key is being answered; send it again soon",
    410: "What this Idempotency-Key was answered has been deleted since",
    413: "The body is too large",
    415: "The body is no `application/json`",
    422: "What was asked for cannot be read, or the Idempotency-Key came with another body",
    429: "Too many requests",
    500: "A fault of the program",
    502: "A source of law or a model failed",
    503: "Too much waits, the library is being written, or its source cannot be reached",
}


def problems(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """The responses of a route that are problems, for the description of the API."""
    every = (400, 401, 403, 422, 429, 500, 503, *statuses)
    schema = {"$ref": "#/components/schemas/ProblemTold"}
    return {
        status: {"description": _SAID[status], "content": {MEDIA_TYPE: {"schema": schema}}}
        for status in sorted(set(every))
    }
