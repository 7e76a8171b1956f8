"""The kernel of the assistance wing: people, cases, and what every programme does for them."""
