"""The settings of an installation: development, test, production."""
