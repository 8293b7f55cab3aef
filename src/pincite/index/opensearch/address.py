"""Where a cluster is: `opensearch://host:port,host:port/prefix`, `opensearchs://` with TLS."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from pincite.errors import SettingsError

if TYPE_CHECKING:
    from pathlib import Path

_PORT = 9200
_ADDRESS = re.compile(r"(?P<scheme>opensearchs?)://(?P<hosts>[^/@?#]+)(?:/(?P<prefix>[^/?#]*))?/?")
_HOST = re.compile(r"(?P<name>\[[0-9A-Fa-f:.]+\]|[A-Za-z0-9._-]+)(?::(?P<port>\d{1,5}))?")
# What OpenSearch takes as the start of an index's name.
_PREFIX = re.compile(r"[a-z0-9][a-z0-9_-]{0,39}")
_OWN_MACHINE = frozenset({"localhost", "127.0.0.1", "[::1]"})
_EXAMPLE = "opensearch://localhost:9200/pincite"


@dataclass(frozen=True, slots=True, kw_only=True)
class Address:
    """A cluster's nodes, the prefix of our indices' names, and who asks.

    `ca` is a file with the certificate that signs the nodes' own, where the system does not
    know it.
    """

    hosts: tuple[tuple[str, int], ...]
    prefix: str
    tls: bool
    user: str = ""
    password: str = field(default="", repr=False)
    ca: Path | None = None

    @property
    def shown(self) -> str:
        """As it is told in messages: with no password."""
        hosts = ",".join(f"{name}:{port}" for name, port in self.hosts)
        return f"opensearch{'s' if self.tls else ''}://{hosts}/{self.prefix}"


def is_cluster(text: str | None) -> bool:
    """Whether the setting `library` names a cluster."""
    return text is not None and text.partition("://")[0] in {"opensearch", "opensearchs"}


def read_address(
    text: str, *, user: str = "", password: str = "", ca: Path | None = None
) -> Address:
    """The address that the setting gives. Raises SettingsError."""
    if "@" in text:
        raise SettingsError(
            "library: the user and the password do not stand in the address; set "
            "PINCITE_LIBRARY_USER and PINCITE_LIBRARY_PASSWORD"
        )
    found = _ADDRESS.fullmatch(text)
    if found is None:
        raise SettingsError(f"library: {text[:80]!r} is no address of a cluster, as {_EXAMPLE} is")
    prefix = found["prefix"] or "pincite"
    if not _PREFIX.fullmatch(prefix):
        raise SettingsError(
            f"library: {prefix[:60]!r} cannot start an index's name; give small letters, digits, "
            "_ and -, at most 40"
        )
    hosts = tuple(_host(one) for one in found["hosts"].split(","))
    tls = found["scheme"] == "opensearchs"
    if password and not tls and any(name not in _OWN_MACHINE for name, _ in hosts):
        raise SettingsError(
            "library: a password is not sent to another machine without TLS; give opensearchs://"
        )
    if ca is not None and not ca.is_file():
        raise SettingsError(f"library_ca: {ca} is not a file")
    return Address(hosts=hosts, prefix=prefix, tls=tls, user=user, password=password, ca=ca)


def _host(text: str) -> tuple[str, int]:
    found = _HOST.fullmatch(text)
    if found is None or int(found["port"] or _PORT) > 65_535:  # noqa: PLR2004 -- the highest port
        raise SettingsError(f"library: {text[:60]!r} is no host and port, as localhost:9200 is")
    return found["name"], int(found["port"] or _PORT)
