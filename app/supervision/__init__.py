"""Supervision: the terms that law and the service's own rules set, as dated data."""
