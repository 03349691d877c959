"""When a person is expected: the reporting rhythm, the visits that it makes, and what came of each."""
