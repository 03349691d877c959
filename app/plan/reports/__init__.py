"""The reports of a plan: of a half-year, of a year, and the consolidated one."""
