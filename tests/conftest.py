"""What holds for all tests."""

from __future__ import annotations

import ast
import functools
import signal
import sys
import threading
from typing import Any

# A shell starts what runs in the background with Ctrl-C ignored, and a program hands that on to
# those that it starts: the tests that interrupt one would wait for nothing.
if (
    threading.current_thread() is threading.main_thread()
    and signal.getsignal(signal.SIGINT) is signal.SIG_IGN
):
    signal.signal(signal.SIGINT, signal.default_int_handler)

# Python 3.11 counts the depth of a tree once for all threads (its issue 106905): two that parse at
# once fail, where a collector's callback, as Hypothesis sets one, lets the other in. pytest parses
# each test and plugin that is imported, also while a server's threads import theirs.
if sys.version_info < (3, 12):
    _parse, _one_at_a_time = ast.parse, threading.RLock()

    @functools.wraps(_parse)
    def _parse_alone(*given: Any, **named: Any) -> Any:
        with _one_at_a_time:
            return _parse(*given, **named)

    ast.parse = _parse_alone
