"""The pages of the links: the service's own, and the officer's who makes and withdraws them."""
