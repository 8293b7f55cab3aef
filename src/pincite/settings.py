"""Settings: read once, at an entry point, from options, the environment and a file."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

from pydantic import Field, SecretStr, ValidationError, field_validator
from pydantic_settings import (
    BaseSettings,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
    TomlConfigSettingsSource,
)

from pincite.errors import SettingsError

if TYPE_CHECKING:
    from collections.abc import Mapping

PUBLIC_SOURCE = "https://oss-data-us.vaquill.ai"
SETTINGS_FILE = "pincite.toml"
_MODEL_KEY = "PINCITE_MODEL_KEY"
_WEBHOOK_SECRET = "PINCITE_WEBHOOK_SECRET"  # noqa: S105  (a variable's name)


def default_home() -> Path:
    """Where a user's library and state are kept when nothing says otherwise."""
    from platformdirs import user_data_path

    return user_data_path("pincite")


class Settings(BaseSettings):
    """Options win over the environment (`PINCITE_...`), which wins over `pincite.toml`."""

    model_config = SettingsConfigDict(
        env_prefix="PINCITE_", extra="forbid", frozen=True, env_ignore_empty=True
    )

    home: Path = Field(default_factory=default_home, description="Library, index and state.")
    library: str | None = Field(
        default=None, description="A cluster that keeps the law: opensearch://HOST:PORT/PREFIX."
    )
    library_ca: Path | None = Field(
        default=None, description="A file with the certificate that signs the cluster's."
    )
    library_user: str = Field(default="", description="Who asks the cluster.")
    library_password: SecretStr = Field(
        default=SecretStr(""), description="The password of who asks the cluster."
    )
    packs: str = Field(
        default=PUBLIC_SOURCE, description="Where packs come from: a directory, a URL or a file."
    )
    models: Path | None = Field(default=None, description="A folder with an embedding model.")
    model: str | None = Field(
        default=None, description="A language model that writes, as KIND:NAME (openai:NAME)."
    )
    model_url: str | None = Field(default=None, description="Where the language model answers.")
    vectors: bool = Field(default=True, description="Use the embedding model where there is one.")
    statements: int = Field(default=12, ge=1, le=200, description="At most so many statements.")
    faulty_rows: bool = Field(
        default=False, description="Answer also from rows with a serious finding of the linter."
    )
    offline: bool = Field(default=False, description="Never reach for the network.")
    url: str | None = Field(
        default=None, description="The address by which people reach the server."
    )
    keep_days: int | None = Field(
        default=None, ge=1, le=36_500, description="Questions and answers are deleted after that."
    )
    log_questions: bool = Field(
        default=False, description="The server's log may repeat what is asked."
    )
    webhook_private: bool = Field(
        default=False, description="Webhooks may be in a private network."
    )
    ecfr_url: str = Field(default="https://www.ecfr.gov", description="Where the eCFR answers.")
    govinfo_url: str = Field(
        default="https://www.govinfo.gov", description="Where the bulk files of the CFR are."
    )
    uscode_url: str = Field(
        default="https://uscode.house.gov", description="Where the US Code's titles are."
    )
    dc_url: str = Field(
        default="https://github.com/DCCouncil/law-xml-codified",
        description="Where the D.C. Council's repository is.",
    )

    @field_validator("packs", mode="before")
    @classmethod
    def _packs_or_public(cls, value: object) -> object:
        return value or PUBLIC_SOURCE

    @field_validator("library")
    @classmethod
    def _cluster(cls, value: str | None) -> str | None:
        if value and not value.startswith(("opensearch://", "opensearchs://")):
            raise ValueError(
                "give opensearch://HOST:PORT/PREFIX, opensearchs:// with TLS, or nothing for the "
                "library in the home folder"
            )
        return value or None

    @field_validator("ecfr_url", "govinfo_url", "uscode_url", "dc_url")
    @classmethod
    def _web_address(cls, value: str) -> str:
        if not value.startswith(("http://", "https://")):
            raise ValueError("give an address that starts with https:// or http://")
        return value

    @field_validator("url")
    @classmethod
    def _address(cls, value: str | None) -> str | None:
        if value is not None and not re.fullmatch(r"https?://[\w.\[\]:-]+/?", value, re.ASCII):
            raise ValueError("give an address without a path, such as https://pincite.example.org")
        return None if value is None else value.rstrip("/")

    @field_validator("models", mode="before")
    @classmethod
    def _models_or_none(cls, value: object) -> object:
        return value or None

    @classmethod
    def settings_customise_sources(  # pyrefly: ignore[missing-override-decorator]
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,  # noqa: ARG003  (the signature is pydantic's)
        file_secret_settings: PydanticBaseSettingsSource,  # noqa: ARG003
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        file = TomlConfigSettingsSource(settings_cls, toml_file=_settings_file())
        return init_settings, env_settings, file


def _settings_file() -> Path | None:
    """The file named by `PINCITE_CONFIG`, or `pincite.toml` here, or the user's own."""
    import os

    named = os.environ.get("PINCITE_CONFIG")
    if named:
        path = Path(named)
        if not path.is_file():
            raise SettingsError(f"PINCITE_CONFIG names {named}, which is not a file")
        return path
    from platformdirs import user_config_path

    for path in (Path(SETTINGS_FILE), user_config_path("pincite") / SETTINGS_FILE):
        if path.is_file():
            return path
    return None


def _refuse_unknown_variables() -> None:
    """A misspelt variable would be passed over in silence."""
    import os
    from difflib import get_close_matches

    known = [f"PINCITE_{name.upper()}" for name in Settings.model_fields]
    known += ["PINCITE_CONFIG", _MODEL_KEY, _WEBHOOK_SECRET]
    for name in sorted(os.environ):
        if name.upper().startswith("PINCITE_") and name.upper() not in known:
            near = get_close_matches(name.upper(), known, n=1)
            advice = f"; is {near[0]} meant?" if near else f"; there are {', '.join(known)}"
            raise SettingsError(f"{name} is no setting{advice}")


def model_key() -> str | None:
    """The language model's key: from the environment alone, never in a file or an option."""
    import os

    return os.environ.get(_MODEL_KEY) or None


def webhook_secret() -> str:
    """The secret that signs what webhooks are told: from the environment alone; may be empty."""
    import os

    return os.environ.get(_WEBHOOK_SECRET, "")


def load_settings(options: Mapping[str, object] | None = None) -> Settings:
    """The settings in force; `options` are those given on the command line, `None` left out.

    Raises SettingsError naming every key that is unknown or has a value that cannot be read.
    """
    import tomllib

    _refuse_unknown_variables()
    given = {key: value for key, value in (options or {}).items() if value is not None}
    try:
        return Settings(**given)  # pyrefly: ignore[bad-argument-type]  (pydantic checks them)
    except ValidationError as error:
        lines = [f"{'.'.join(map(str, item['loc']))}: {item['msg']}" for item in error.errors()]
        raise SettingsError("settings cannot be used: " + "; ".join(lines)) from error
    except tomllib.TOMLDecodeError as error:
        raise SettingsError(f"{SETTINGS_FILE} is not TOML: {error}") from error
    except UnicodeDecodeError as error:
        raise SettingsError(
            f"{SETTINGS_FILE} is not TOML: byte {error.start} is not UTF-8; save it as UTF-8"
        ) from error
