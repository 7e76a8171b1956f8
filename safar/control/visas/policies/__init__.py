"""Who may do what? A reason why not, or None."""
