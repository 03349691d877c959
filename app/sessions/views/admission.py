"""Volunteers and mentors of the office."""
