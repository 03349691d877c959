"""Reminders of visits to the people who agreed to them, and an officer's calendar for another programme."""
