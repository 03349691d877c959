"""Individual programmes: what a person and the service agree to work on, and how far they have come."""
