"""A llama.cpp server on the loopback address, run by a Python that has xllamacpp: MODEL THREADS."""

from __future__ import annotations

import sys


def main() -> None:
    """Print the address, then serve until standard input is closed."""
    import xllamacpp  # pyrefly: ignore[missing-import]  (installed for this alone)

    params = xllamacpp.CommonParams()
    params.model.path = sys.argv[1]
    params.cpuparams.n_threads = int(sys.argv[2])
    params.hostnames = ["127.0.0.1"]
    params.port = 0
    params.n_ctx = 8192
    params.n_parallel = 1
    params.ui = False
    params.offline = True
    server = xllamacpp.Server(params)
    print(f"listening {server.listening_address}", flush=True)  # noqa: T201
    sys.stdin.read()


if __name__ == "__main__":
    main()
