"""A writer that dies holds others up for a while, and leaves nothing that a reader could see."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from tests.cluster.test_faults import NOW, PACK, Law

from pincite.assistant import Assistant
from pincite.errors import LibraryBusy
from pincite.index.build import Outcome
from pincite.index.opensearch.engine import ClusterEngine
from pincite.index.opensearch.lease import writing
from pincite.settings import Settings

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cluster.servers import Servers

# A writer that stops for good once a part of its rows is written.
_DIES = """
import os, signal, sys
from datetime import UTC, datetime
from pathlib import Path
from pincite.assistant import Assistant
from pincite.index.build import Stage
from pincite.settings import Settings
from pincite.sources import open_source
home, packs, address = sys.argv[1:]
settings = Settings(home=Path(home), packs=packs, library=address, offline=True)
def progress(stage, pack, done, total):
    if stage is Stage.INDEX and done >= 500:
        os.kill(os.getpid(), signal.SIGKILL)
writer = Assistant(settings, now=datetime(2026, 11, 21, tzinfo=UTC)).engine.writer
writer.install(open_source(packs), ("us_fr_statutes",), now=datetime(2026, 11, 21, tzinfo=UTC),
               progress=progress)
"""


def _engine(address: str, home: Path) -> ClusterEngine:
    settings = Settings(home=home, library=address, offline=True)
    engine = Assistant(settings, now=NOW).engine
    assert isinstance(engine, ClusterEngine)
    return engine


def test_one_writer_at_a_time_and_who_waits_is_told_for_whom(library: str, tmp_path: Path) -> None:
    one, other = _engine(library, tmp_path / "one"), _engine(library, tmp_path / "two")
    name = one.catalogue.names.writer
    with (
        writing(one.cluster, name, "writing a book", token="the first", wait_seconds=0.0),
        pytest.raises(LibraryBusy, match=r"writing a book \(the first\)"),
        writing(other.cluster, name, "reading", token="the second", wait_seconds=0.0),
    ):
        pass
    with writing(other.cluster, name, "reading", token="the second", wait_seconds=0.0) as lease:
        lease.keep(now=True)


@pytest.mark.soak
def test_a_writer_that_was_killed_is_followed_by_the_next(
    servers: Servers, library: str, tmp_path: Path
) -> None:
    law = Law(tmp_path, library, servers)
    rows = law.rows(1_500)
    law.franklin.write(rows)
    places = (str(law.franklin.home), str(law.franklin.packs), library)
    environment = {key: value for key, value in os.environ.items() if "PINCITE" not in key}
    done = subprocess.run((sys.executable, "-c", _DIES, *places), check=False, env=environment)
    assert done.returncode == -signal.SIGKILL
    assert law.assistant().packs() == ()
    assert law.put(rows).outcome is Outcome.INSTALLED
    law.holds(rows)
    assert [pack.name for pack in law.assistant().packs()] == [PACK]
    assert law.assistant().examine() == (), "what the dead writer left is swept"
