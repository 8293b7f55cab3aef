"""From the options given to an assistant that is ready to work."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from pincite.cli.frame import clock
from pincite.cli.progress import watch

if TYPE_CHECKING:
    from collections.abc import Iterator

    import typer

    from pincite.assistant import Assistant
    from pincite.settings import Settings


@contextmanager
def assistant(ctx: typer.Context, **more: Any) -> Iterator[Assistant]:  # noqa: ANN401
    """An assistant with the settings in force; `more` are settings that the command's options give.

    Bars that are still on the screen are taken away at the end, also after a failure.
    """
    from pincite.accounts.people import DEFAULT_WORKSPACE
    from pincite.assistant import Assistant
    from pincite.settings import load_settings, model_key

    given = dict((ctx.obj or {}).get("settings", {})) | more
    watching = watch()
    try:
        settings = load_settings(given)
        made = Assistant(settings, now=clock(), progress=watching, model_key=model_key())
        # What the single user put in on the web is read here, too.
        yield made.within(DEFAULT_WORKSPACE)
    finally:
        watching.close()


def settings_of(ctx: typer.Context) -> Settings:
    """The settings in force for this command. Raises SettingsError."""
    from pincite.settings import load_settings

    return load_settings(dict((ctx.obj or {}).get("settings", {})))
