"""Migrations of visas."""
