"""Visas and permits: applications, what is needed for them, who decides, what was refused."""
