"""The command as a process: signals, pipes, encodings, the speed of its start."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from typing import TYPE_CHECKING

import pytest
from tests.cli.conftest import QUESTION

if TYPE_CHECKING:
    from tests.cli.conftest import Pincite

POSIX = pytest.mark.skipif(sys.platform == "win32", reason="signals and pipes of POSIX")


def start(pincite: Pincite, *args: str, **more: str) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-m", "pincite", *args],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=pincite.environment | more,
    )


@POSIX
def test_an_interrupted_command_says_so_in_one_line(installed: Pincite) -> None:
    with start(installed, "ask", "-") as process:
        time.sleep(1.5)
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=20)
    assert process.returncode == 130
    assert not out
    assert err.count(b"\n") == 1
    assert err.startswith(b"pincite: stopped")


@POSIX
def test_a_reader_that_has_read_enough_hears_no_complaint(installed: Pincite) -> None:
    with start(installed, "search", "shall", "--limit", "1000", "-f", "json") as process:
        assert process.stdout is not None
        process.stdout.read(10)
        process.stdout.close()
        assert process.stderr is not None
        assert process.stderr.read() == b""
        assert process.wait(timeout=20) == 0


def test_law_is_printed_in_utf_8_whatever_the_locale(installed: Pincite) -> None:
    args = ("read", "FS 12-3-402", "-f", "json")
    with start(installed, *args, LC_ALL="C", PYTHONIOENCODING="ascii") as process:
        out, err = process.communicate(timeout=20)
    assert process.returncode == 0, err
    assert "§ 12-3-402".encode() in out


@POSIX
@pytest.mark.parametrize("command", ["ask", "read", "search"])
def test_an_argument_that_is_no_text_is_a_usage_error(installed: Pincite, command: str) -> None:
    arguments = [sys.executable.encode(), b"-m", b"pincite", command.encode(), b"\xff\xfe"]
    done = subprocess.run(arguments, capture_output=True, env=installed.environment, check=False)
    assert done.returncode == 2
    assert done.stderr == b"pincite: what was given is no text in UTF-8\n"


def test_nothing_is_coloured_that_goes_to_a_pipe(installed: Pincite) -> None:
    with start(installed, "ask", QUESTION, FORCE_COLOR="1") as process:
        out, err = process.communicate(timeout=30)
    assert process.returncode == 0, err
    assert b"\x1b" not in out + err


def test_help_imports_nothing_heavy() -> None:
    code = (
        "import sys; from pincite.cli.app import app; "
        "print([m for m in ('pyarrow', 'numpy', 'tantivy', 'onnxruntime', 'httpx2', 'rich', "
        "'pydantic', 'pydantic_settings', 'asyncio') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True)
    assert done.stdout.strip() == b"[]"


def test_the_release_is_told(installed: Pincite) -> None:
    import pincite

    assert installed("--version").out == f"pincite {pincite.__version__}\n"
    assert installed().code in {0, 2}
