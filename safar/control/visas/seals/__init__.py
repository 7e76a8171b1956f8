"""The seal of a visa: which key makes it, how it is read, whose are believed."""
