"""By when a person is assessed: dated norms, the day with its reason, and the statements that find who is due."""
