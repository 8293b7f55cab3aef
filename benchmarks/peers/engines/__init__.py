"""The peers, each a file that runs with no part of Pincite; `worker.py` runs them."""
