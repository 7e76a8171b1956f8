"""Reads of returns, actor first."""
