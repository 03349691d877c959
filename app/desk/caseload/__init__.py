"""The caseload: the cases somebody answers for, narrowed, ordered, paged and exported from one statement."""
