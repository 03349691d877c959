"""Early warning: rules as data, signals that are raised once and grow, and what people do about them."""
