"""`python -m pincite`: the command line where no script is on the path."""

from __future__ import annotations

from pincite.cli.app import run

if __name__ == "__main__":
    run()
