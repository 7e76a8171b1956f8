"""The tables of passports, in the order in which they were made."""
