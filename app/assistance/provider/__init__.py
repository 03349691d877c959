"""The service's own page: a link that opens one referral, for its answer and for nothing else."""
