"""Assessments: what raises the risk of a new offence, what the person needs, and how to work with them."""
