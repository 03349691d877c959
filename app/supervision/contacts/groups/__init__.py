"""Group events: who is on the list, and who came."""
