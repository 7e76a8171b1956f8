"""The people who use Safar: users, roles, agencies, where they serve, how they sign in."""
