"""The face of Safar: frames, components, style sheet, keys."""
