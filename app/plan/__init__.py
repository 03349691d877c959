"""The plan of measures: what was ordered, who answers for it, how far it has come, and what is told of it."""
