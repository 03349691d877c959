"""The pages of the catalogue."""

from app.assistance.catalogue.views import offering, partners
from app.assistance.catalogue.views.blueprint import bp

__all__ = ["bp", "offering", "partners"]
