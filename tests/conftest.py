"""What holds for all tests."""

from __future__ import annotations

import signal
import threading

# A shell starts what runs in the background with Ctrl-C ignored, and a program hands that on to
# those that it starts: the tests that interrupt one would wait for nothing.
if (
    threading.current_thread() is threading.main_thread()
    and signal.getsignal(signal.SIGINT) is signal.SIG_IGN
):
    signal.signal(signal.SIGINT, signal.default_int_handler)
