"""The journal: who did what to whose record, when, and from where. Append only."""
