"""Pages across the rooms: the officer's day, the supervisor's queue, the volunteer's page, a person's whole case."""
