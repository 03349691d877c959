"""Measures what the design calls speed, each time as a ratio to a floor measured in the same run."""
