"""What `pincite read --history` prints: a section's versions and what changed between them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pincite.cli.choices import Format

if TYPE_CHECKING:
    from pincite.assistant import Assistant
    from pincite.opened import Contents, NotOpened, Opened


def history_of(helper: Assistant, found: Opened | Contents | NotOpened, form: Format) -> str | None:
    """The history of the section that was opened, also of one that is no longer law.

    `None` where no one section was.
    """
    from pincite.assistant.comparing import history_of as read_history
    from pincite.opened import Contents, NotOpened

    opened = found.opened if isinstance(found, NotOpened) else found
    if opened is None or isinstance(opened, Contents):
        return None
    section = opened.section
    story = read_history(helper, section.id)
    if form is Format.JSON:
        from pincite.rendering.diff import history_json as render
    elif form is Format.MARKDOWN:
        from pincite.rendering.diff import history_markdown as render
    else:
        from pincite.rendering.diff import history_text as render
    return render(section.citation, story)
