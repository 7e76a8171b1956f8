"""The shape of what is typed and handed in about documents."""
