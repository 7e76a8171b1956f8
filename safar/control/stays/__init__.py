"""Stay inside the country: extensions, registration, overstays and what travellers say of them."""
