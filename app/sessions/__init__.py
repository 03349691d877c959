"""Volunteers and mentors: who helps whom, with whose consent, and what they did together."""
