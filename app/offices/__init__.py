"""The map of the service: regions by KATO, and the offices in them."""
