"""The lists of persons that a border looks out for, and whether a traveller is on one."""
