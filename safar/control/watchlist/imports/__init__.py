"""How a new version of a list is read, compared, and takes the place of the old one."""
