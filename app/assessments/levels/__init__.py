"""The level as people leave it: overrides by two persons, objections and their answers."""
