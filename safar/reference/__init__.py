"""Countries, crossing points and code lists. Data, no logic."""
