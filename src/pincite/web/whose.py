"""Whose request it is."""

from __future__ import annotations

from starlette.requests import Request

from pincite.web.problems import Problem

SINGLE_USER = "default"


def workspace_of(request: Request) -> str:
    """The workspace whose answers and watches this request may see.

    Without accounts there is one, the single user's. With them whoever signs people in says which;
    a request of which nobody said it gets none.
    """
    workspace = getattr(request.state, "workspace", None)
    if workspace is not None:
        return str(workspace)
    if request.app.state.auth:
        raise Problem(401, "Sign in, or send an API key.", headers={"WWW-Authenticate": "Bearer"})
    return SINGLE_USER


def noted(request: Request, action: str, **detail: str) -> None:
    """Write down in the audit log, where there are accounts, what is about to be done.

    It raises where that cannot be written, so that nothing is done unseen. It reads and writes a
    file: for a thread, not for the loop.
    """
    caller = getattr(request.state, "caller", None)
    if caller is not None:
        request.app.state.desk.record(caller, action, detail=detail)


def name_of(request: Request) -> str:
    """The name of who calls, for what they leave behind; the single user has none."""
    caller = getattr(request.state, "caller", None)
    return "" if caller is None else str(caller.name)
