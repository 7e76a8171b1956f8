"""Where is every blank sticker, booklet, card and travel paper, and what became of it?"""
