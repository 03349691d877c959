"""Formulas in instruments: read from data, checked when they are loaded, computed exactly and the same everywhere."""
