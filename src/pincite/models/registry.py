"""Which language model a setting names: a table of kinds, and the kinds that others add."""

from __future__ import annotations

from importlib import import_module
from importlib.metadata import entry_points
from typing import TYPE_CHECKING, Protocol, cast
from urllib.parse import urlsplit

from pincite.errors import SettingsError
from pincite.models.retrying import Retrying

if TYPE_CHECKING:
    from pincite.models.language import LanguageModel

GROUP = "pincite.models"
# The part of a setting before the colon, and where the model behind it is made.
_KINDS = {
    "anthropic": "pincite.models.anthropic:Anthropic",
    "openai": "pincite.models.openai_compatible:OpenAICompatible",
}
_NEEDS_EXTRA = "pip install pincite[model]"


class MakesModel(Protocol):
    """What an entry of the table or of the entry-point group is: a class or a function."""

    def __call__(
        self, name: str, *, url: str | None = None, key: str | None = None
    ) -> LanguageModel: ...


def kinds() -> tuple[str, ...]:
    """Every kind of model that can be named, in order."""
    return tuple(sorted({*_KINDS, *(point.name for point in entry_points(group=GROUP))}))


def language_model(
    setting: str, *, url: str | None = None, key: str | None = None, retrying: bool = True
) -> LanguageModel:
    """The model that `kind:name` names; nothing is contacted before it is asked.

    Raises SettingsError for an unknown kind, an address that is none, or a missing package.
    """
    kind, colon, name = setting.partition(":")
    if not colon or not name.strip():
        raise SettingsError(f"model = {setting!r} is not of the form KIND:NAME (openai:NAME)")
    if url is not None:
        _check_url(url)
    made = _maker(kind.strip())(name.strip(), url=url, key=key)
    return Retrying(model=made) if retrying else made


def _maker(kind: str) -> MakesModel:
    if kind not in _KINDS:
        for point in entry_points(group=GROUP, name=kind):
            return cast("MakesModel", point.load())
        raise SettingsError(f"model: there is no kind {kind!r}; there are {', '.join(kinds())}")
    module, _, attribute = _KINDS[kind].partition(":")
    _check_installed()
    return cast("MakesModel", getattr(import_module(module), attribute))


def _check_installed() -> None:
    from importlib.util import find_spec

    if find_spec("pydantic_ai") is None:
        raise SettingsError(f"a language model needs one more package: {_NEEDS_EXTRA}")


def _check_url(url: str) -> None:
    """An address with a host, over http or https, and no password in it."""
    try:
        parts = urlsplit(url)
        host = parts.hostname
    except ValueError:
        host, parts = None, None
    if parts is None or host is None or parts.scheme not in {"http", "https"}:
        raise SettingsError("model_url is no http or https address")
    if parts.username or parts.password:
        raise SettingsError("model_url must not hold a name or password; give PINCITE_MODEL_KEY")
