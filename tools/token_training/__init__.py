"""What `tools/train_tokens.py` is made of: pairs, respellings, and the three things learned."""
