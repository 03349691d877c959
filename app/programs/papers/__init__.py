"""The papers of a programme: its sheet, the summary and the letter for the person, and many sheets at once."""
