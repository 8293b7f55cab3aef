"""Every exception this package raises.

* PinciteError
  - SettingsError
  - UsageError
  - SourceError
    · SourceUnreachable
    · ChecksumMismatch
  - ParseError
  - LibraryError
    · LibraryMissing
    · LibraryOutdated
    · LibraryBusy
    · PackMissing
    · ClusterFailed
  - IndexBroken
  - ModelError
    · ModelFailed
  - ServerError
    · ServerUnreachable
    · ServerRefused

An answer that cannot be given, a citation that points nowhere, a skipped row and a quotation
that is not in the law are results, not exceptions: see `pincite.answer`.
"""

from __future__ import annotations


class PinciteError(Exception):
    """Base class: catch this to catch everything the package raises.

    Its words are for whoever reads them, over HTTP and MCP too; `at_console` is what to type on
    the command line, told there alone.
    """

    def __init__(self, message: str = "", *, at_console: str = "") -> None:
        super().__init__(message)
        self.at_console = at_console


class SettingsError(PinciteError):
    """The settings contradict each other or name something that does not exist."""


class UsageError(PinciteError):
    """What was asked for cannot be read: an unknown jurisdiction, a bad date, an empty question."""


class SourceError(PinciteError):
    """A source of law could not be read."""


class SourceUnreachable(SourceError):
    """The source did not answer, or broke off and could not be resumed."""


class ChecksumMismatch(SourceError):
    """What was fetched is not what the source's index promises."""


class ParseError(PinciteError):
    """A file does not have the structure its format promises."""

    def __init__(self, message: str, *, source: str, line: int | None = None) -> None:
        self.source = source
        self.line = line
        where = source if line is None else f"{source}:{line}"
        super().__init__(f"{where}: {message}")


class LibraryError(PinciteError):
    """The library on disk cannot be used."""


class LibraryMissing(LibraryError):
    """There is no library at the given path."""


class LibraryOutdated(LibraryError):
    """The library was written by a newer release than this one."""


class LibraryBusy(LibraryError):
    """Another process is writing to the library."""


class PackMissing(LibraryError):
    """A pack is neither installed nor offered by the source."""


class ClusterFailed(LibraryError):
    """The cluster did not answer, or gave less than a whole answer; nothing is told of a part."""


class IndexBroken(PinciteError):
    """The index is missing, stale or damaged; `pincite doctor --fix` rebuilds it."""


class ModelError(PinciteError):
    """A model failed to answer, or answered in the wrong shape."""


class ModelFailed(ModelError):
    """A language model gave no answer; `reason` is one of `models.language.Failure`.

    `again` says that asking once more may help, `retry_after` how many seconds the endpoint
    asks to wait before that, if it says.
    """

    def __init__(
        self,
        reason: str,
        detail: str = "",
        *,
        again: bool = False,
        retry_after: float | None = None,
    ) -> None:
        self.reason = reason
        self.again = again
        self.retry_after = retry_after
        super().__init__(
            f"the language model failed: {reason}" + (f" ({detail})" if detail else "")
        )


class ServerError(PinciteError):
    """A Pincite server did not give what a client asked of it."""


class ServerUnreachable(ServerError):
    """There is no server there, or it broke off."""


class ServerRefused(ServerError):
    """The server answered with a problem (RFC 9457): `status`, and `detail` in its own words.

    `request_id` is in the server's log beside what happened. `retry_after` is how many seconds it
    asks to wait, if it says.
    """

    def __init__(
        self, status: int, detail: str, *, request_id: str = "", retry_after: float | None = None
    ) -> None:
        self.status = status
        self.detail = detail
        self.request_id = request_id
        self.retry_after = retry_after
        super().__init__(f"the server answered {status}: {detail}")
