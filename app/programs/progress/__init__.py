"""Carrying a programme out: progress, reviews, and its end."""
