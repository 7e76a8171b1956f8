"""How an owner's list of millions takes the place of its earlier version."""
