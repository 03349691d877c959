"""The pages of the catalogue."""

from app.assistance.catalogue.views import agreements, offering, partners
from app.assistance.catalogue.views.blueprint import bp

__all__ = ["agreements", "bp", "offering", "partners"]
