"""Background work: what is done by the clock, and the one queue that it lies in."""
