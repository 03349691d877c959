"""Treatment handed over on release: with the person's consent, to one clinic, seen by the case's officer alone."""
