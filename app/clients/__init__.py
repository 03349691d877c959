"""People on the register and their cases."""
