"""Bundles: a protected release as files that others read, and the releases that were given out."""
