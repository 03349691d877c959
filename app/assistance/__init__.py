"""Assistance: services and referrals with what came of them, release planning, and the handover of treatment."""
