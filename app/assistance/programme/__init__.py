"""The individual programme of social-legal assistance: a person's referrals and planned help on a sheet of its own."""
