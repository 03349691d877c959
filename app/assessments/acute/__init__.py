"""Acute reviews: a few questions at a visit about what is happening now."""
