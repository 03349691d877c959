"""Who stands in for an officer who is away: for a span of days, in the same office, one step far."""
