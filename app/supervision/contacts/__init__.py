"""Contacts between two visits, inspections of a home, and group events."""
