"""The words of passports."""
