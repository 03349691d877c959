"""The measures of the plan: their pages, what the ministry records of them, and the figures linked with them."""
