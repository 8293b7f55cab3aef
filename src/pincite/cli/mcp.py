"""`pincite mcp`: the tools of Pincite for programs that speak the Model Context Protocol."""

from __future__ import annotations

import ipaddress
import socket
from importlib import import_module
from typing import TYPE_CHECKING, Annotated, Any

import typer

from pincite.cli.frame import DONE, clock, framed, tell
from pincite.cli.start import assistant
from pincite.errors import UsageError

if TYPE_CHECKING:
    from types import ModuleType

_BACKLOG = 128


@framed
def mcp(
    ctx: typer.Context,
    http: Annotated[
        bool, typer.Option("--http", help="Streamable HTTP instead of standard input and output.")
    ] = False,
    host: Annotated[
        str, typer.Option(help="With --http: a loopback address to listen at.")
    ] = "127.0.0.1",
    port: Annotated[
        int, typer.Option(min=0, max=65535, help="With --http: the port; 0 takes a free one.")
    ] = 8765,
) -> int:
    """Serve search, read_section, ask, verify_quotes, compare and list_library to MCP hosts.

    On standard input and output it ends when the host closes them; with --http on Ctrl-C.
    """
    if not http:
        server = _server()
        with assistant(ctx) as helper:
            server.serve_stdio(helper, clock)
        return DONE
    try:
        with _listening(host, port) as listening, assistant(ctx) as helper:
            server = _server()
            name = f"[{host}]" if ":" in host else host
            place = f"http://{name}:{listening.getsockname()[1]}{server.PATH}"
            tell(f"MCP is at {place} (Ctrl-C stops)")
            server.serve_http(helper, clock, listening)
    except KeyboardInterrupt:
        return DONE  # that is how it is meant to be stopped
    return DONE


def _server() -> ModuleType | Any:  # noqa: ANN401  (a face does not import another)
    try:
        return import_module("pincite.mcp.server")
    except ModuleNotFoundError as error:
        if (error.name or "").startswith("pincite"):
            raise
        raise UsageError(
            f"mcp needs {error.name}, which is not installed; pip install 'pincite[mcp]'"
        ) from error


def _listening(host: str, port: int) -> socket.socket:
    """A socket on loopback that takes connections from now on. Raises UsageError."""
    name = "127.0.0.1" if host == "localhost" else host.strip("[]")
    try:
        address = ipaddress.ip_address(name)
    except ValueError as error:
        raise UsageError(f"{host} is no address to listen at; give 127.0.0.1 or ::1") from error
    if not address.is_loopback:
        raise UsageError(
            f"{host} can be reached from other machines, and this server knows no accounts; listen "
            "at 127.0.0.1 and put a server that asks who comes in front of it"
        )
    family = socket.AF_INET6 if address.version == 6 else socket.AF_INET  # noqa: PLR2004
    listening = socket.socket(family, socket.SOCK_STREAM)
    try:
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind((name, port))
        listening.listen(_BACKLOG)
    except OSError as error:
        listening.close()
        raise UsageError(
            f"port {port} of {host} cannot be had ({error.strerror}); give another with --port"
        ) from error
    return listening
