"""The public page "Resocialisation" (measures 4 and 30): what was published, for everybody."""
