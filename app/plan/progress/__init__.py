"""Progress reports: written by the responsible bodies for each half-year, accepted or returned by the ministry."""
