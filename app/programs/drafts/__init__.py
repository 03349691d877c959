"""Drafts: drawn up, arranged, continued from an earlier programme, compared with one another."""
