"""Assisted voluntary return and reintegration: from a mission's referral to the last visit."""
