"""The ways out of the building: what every gateway promises, one that writes files, one that speaks SMTP."""
