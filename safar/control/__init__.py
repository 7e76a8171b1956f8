"""The border and what stands behind it: travellers, documents, lists."""
