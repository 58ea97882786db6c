"""Speed and memory, each by one command that prints JSON."""

import os

# As the program has it, before anything imports numpy.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
