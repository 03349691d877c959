"""Deadlines of cases: what the norms want done by which day, what was done, and what a changed norm would move."""
