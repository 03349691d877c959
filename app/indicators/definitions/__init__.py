"""What each indicator counts: data with versions, never a query hidden in a view."""
