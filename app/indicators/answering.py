"""How the commands of the room answer: JSON alone on standard output, a refusal on standard error."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from ctypes import CDLL


@contextmanager
def apart_from_output() -> Iterator[None]:
    """Lead what the solver prints of itself, past Python, to standard error: standard output is for the answer."""
    sys.stdout.flush()
    kept = os.dup(1)
    os.dup2(2, 1)
    try:
        yield
    finally:
        CDLL(None).fflush(None)  # what the solver wrote may still lie in the C library
        os.dup2(kept, 1)
        os.close(kept)
