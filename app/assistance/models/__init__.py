"""Assistance as it is kept."""

from app.assistance.models.services import Service

__all__ = ["Service"]
