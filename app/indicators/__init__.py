"""Counting the work: indicators over many cases, safe to publish.

The steps are ``facts → calculate → protect → publish``. Only the first reads the database; the rest are pure.
"""
