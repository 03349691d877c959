"""What the methodology proposes: from what is known of a person to an ordered draft with reasons, kept and counted."""
