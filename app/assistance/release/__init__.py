"""Planning a release: the expected day, the clocks before it, a checklist, and the first ten days outside."""
