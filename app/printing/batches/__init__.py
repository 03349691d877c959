"""Printing many papers at once: asked for by one person, printed by several processes, taken up again after a crash."""
