"""Safar: the open migration management system for Central Asia."""
