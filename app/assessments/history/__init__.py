"""Looking back at assessments: over time, side by side, and why a result is what it is."""
