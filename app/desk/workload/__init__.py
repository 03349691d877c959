"""How much work lies on whom, and giving cases to others."""
