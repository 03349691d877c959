"""Second ratings: drawn, given to a colleague, rated blind, and compared."""
