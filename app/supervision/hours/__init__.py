"""When an office receives people: its hours by weekday, and the slots that they make."""
