"""`pincite serve`: the web application and the JSON API, on this machine."""

from __future__ import annotations

import ipaddress
import os
import signal
import socket
import sys
import tempfile
from contextlib import contextmanager
from functools import partial
from importlib import import_module
from typing import TYPE_CHECKING, Annotated, Any, Optional
from urllib.parse import urlsplit

import typer

from pincite.cli.frame import DONE, ERROR, framed, tell
from pincite.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_GRACE_SECONDS = 10
_BACKLOG = 2048


@framed
def serve(
    ctx: typer.Context,
    host: Annotated[str, typer.Option(help="The address to listen at.")] = "127.0.0.1",
    port: Annotated[
        int, typer.Option(min=0, max=65535, help="The port; 0 takes one that is free.")
    ] = 8000,
    workers: Annotated[int, typer.Option(min=1, max=64, help="So many processes.")] = 1,
    auth: Annotated[
        bool, typer.Option("--auth", help="Accounts: nobody reads or asks without one.")
    ] = False,
    name: Annotated[
        Optional[list[str]],
        typer.Option(
            "--name", metavar="HOST", help="A host name it is called by; may be repeated."
        ),
    ] = None,
) -> int:
    """Serve the web application and the JSON API until Ctrl-C.

    Without --auth it listens at loopback addresses alone. Exit codes: 0 stopped, 1 it could not
    be started.
    """
    loopback = _loopback(host)
    if not loopback and not auth:
        raise UsageError(
            f"{host} can be reached from other machines, and without --auth everybody there would "
            "read and ask as you do; give --auth, or a loopback address such as 127.0.0.1"
        )
    served = _application()
    from pincite.settings import load_settings, model_key

    settings = load_settings(dict((ctx.obj or {}).get("settings", {})))
    listening = _listening(host, port)
    if listening is None:
        return ERROR
    hosts = ["127.0.0.1", "localhost", "::1", *(name or ())]
    if not loopback and host not in {"0.0.0.0", "::"}:  # noqa: S104  (every address, which is no name)
        hosts.append(host)
    if settings.url is not None and (called := urlsplit(settings.url).hostname):
        hosts.append(called)
    make = partial(served, settings, model_key=model_key(), hosts=tuple(hosts), auth=auth)
    with listening:
        _told(listening, host)
        return _run(make, listening, workers)


def _run(make: partial[Any], listening: socket.socket, workers: int) -> int:
    import uvicorn
    from uvicorn.supervisors import Multiprocess

    config = uvicorn.Config(
        make,
        factory=True,
        workers=workers,
        log_config=None,
        log_level="warning",
        access_log=False,
        ws="none",
        server_header=False,
        proxy_headers=False,
        timeout_graceful_shutdown=_GRACE_SECONDS,
        timeout_worker_healthcheck=30,
    )
    try:
        if workers > 1:
            with _shared_figures():
                Multiprocess(config, sockets=[listening]).run()
            return DONE
        # The server lets go of what runs, and then raises the signal once more.
        signal.signal(signal.SIGTERM, signal.default_int_handler)
        server = uvicorn.Server(config)
        server.run(sockets=[listening])
    except KeyboardInterrupt:
        # That is how it is meant to be stopped; what it was doing has come to its end.
        return DONE
    return DONE if server.started else ERROR


@contextmanager
def _shared_figures() -> Iterator[None]:
    """A folder in which the processes leave their figures, so that /metrics has them of all."""
    with tempfile.TemporaryDirectory(prefix="pincite-metrics-") as folder:
        os.environ["PROMETHEUS_MULTIPROC_DIR"] = folder
        yield


def _application() -> Any:  # noqa: ANN401  (a face does not import another)
    try:
        import_module("uvicorn")
        return import_module("pincite.web.serving").served
    except ModuleNotFoundError as error:
        if (error.name or "").startswith("pincite"):
            raise
        raise UsageError(
            f"serve needs {error.name}, which is not installed; pip install 'pincite[web]'"
        ) from error


def _listening(host: str, port: int) -> socket.socket | None:
    """A socket that takes connections from now on; `None`, having told why, where there is none."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)
        family, kind, protocol, _, address = found[0]
        listening = socket.socket(family, kind, protocol)
    except OSError as error:
        tell(f"there is no address {host} to listen at ({error})")
        return None
    try:
        if sys.platform != "win32":  # there it would let two programs share a port
            listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind(address)
        listening.listen(_BACKLOG)
    except OSError as error:
        listening.close()
        tell(f"port {port} of {host} cannot be had ({error.strerror}); give another with --port")
        return None
    listening.set_inheritable(True)
    return listening


def _told(listening: socket.socket, host: str) -> None:
    port = listening.getsockname()[1]
    shown = f"[{host}]" if ":" in host else host
    typer.echo(f"Pincite is at http://{shown}:{port} (Ctrl-C stops it)")
    sys.stdout.flush()


def _loopback(host: str) -> bool:
    """Whether no other machine can reach it. A name counts where all that it stands for does."""
    addresses: Iterable[str] = [host.strip("[]")]
    try:
        ipaddress.ip_address(host.strip("[]"))
    except ValueError:
        try:
            addresses = [str(one[4][0]) for one in socket.getaddrinfo(host, None)]
        except OSError:
            return True  # there is no such host, which listening tells
    return all(ipaddress.ip_address(one.partition("%")[0]).is_loopback for one in addresses)
