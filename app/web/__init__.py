"""What every page shares: forms, formats, languages, errors, headers."""
