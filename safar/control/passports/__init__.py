"""Passports, identity cards and travel papers: applied for, approved by another, made, delivered."""
