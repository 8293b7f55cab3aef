"""What `make bench` measures: speed and size, with peers beside ours in one run."""
