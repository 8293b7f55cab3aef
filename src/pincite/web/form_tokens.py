"""A token in every form that changes something, put there when a template is read."""

from __future__ import annotations

import re
from contextlib import contextmanager
from contextvars import ContextVar
from typing import TYPE_CHECKING, cast

from jinja2.ext import Extension
from markupsafe import Markup
from typing_extensions import override

if TYPE_CHECKING:
    from collections.abc import Iterator

    from jinja2.environment import Environment

FIELD = "form_token"
_FORM = re.compile(r"<form\b[^>]*\bmethod=[\"']?post\b[^>]*>", re.IGNORECASE)
# A macro does not see the variables of the page that calls it.
_token: ContextVar[str] = ContextVar("pincite_form_token", default="")


class FormTokens(Extension):
    """No template can forget the token: it follows each `<form method="post">`."""

    def __init__(self, environment: Environment) -> None:
        super().__init__(environment)
        known = cast("dict[str, object]", environment.globals)
        known["form_token_field"] = _field

    @override
    def preprocess(self, source: str, name: str | None, filename: str | None = None) -> str:
        return _FORM.sub(lambda found: found[0] + "{{ form_token_field() }}", source)


@contextmanager
def with_token(token: str) -> Iterator[None]:
    """Pages that are made in here have this token in their forms; none where it is empty."""
    before = _token.set(token)
    try:
        yield
    finally:
        _token.reset(before)


def _field() -> Markup:
    token = _token.get()
    if not token:
        return Markup()
    return Markup('<input type="hidden" name="{}" value="{}">').format(FIELD, token)
