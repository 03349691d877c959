"""What the database knows of a period: lines of people and of events, their counts, and the lists behind figures."""
