"""The one place that loads FAISS, with what it must be told before and after."""

from __future__ import annotations

import os
import sys
from types import ModuleType

# From so many queries on, FAISS multiplies matrices instead of passing over the index for each
# query. Since 1.15 it waits for 128,000, and takes four times as long for the 70 of a posting.
QUERIES_FOR_A_PRODUCT = 8


def load_faiss() -> ModuleType:
    """Import FAISS on first use and return it.

    The threads of a product meet about a hundred times. By default each waits in a busy loop,
    which is fine on idle cores, but where another process wants one, 60 ms become seconds. They
    are told to sleep instead, unless the user has told them otherwise; OpenMP reads that once,
    when it is loaded.
    """
    if "faiss" not in sys.modules:
        os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")
    import faiss

    faiss.cvar.distance_compute_blas_threshold = QUERIES_FOR_A_PRODUCT
    module: ModuleType = faiss
    return module
