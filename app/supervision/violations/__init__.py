"""Violations, what the norms foresee for them, and what the service answered: with its reasons, drafted and signed."""
