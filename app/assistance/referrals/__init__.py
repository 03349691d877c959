"""Referrals: their course, their clocks, and the pages on which they are made, answered and counted."""
