"""The catalogue of services and of the organisations that give them."""
