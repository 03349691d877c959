"""What a database starts with: reference data, and the demonstration office."""
