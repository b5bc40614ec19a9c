"""Trainings and sweeps as JSON lines: each a job whose handle is its connection."""
