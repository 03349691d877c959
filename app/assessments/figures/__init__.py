"""How well an instrument works, as the office sees it: counted by the database, put into words and pictures."""
