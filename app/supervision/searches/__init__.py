"""Searches for people whose whereabouts are unknown, and the clocks that stand still meanwhile."""
