"""Programs that load Safar from outside, as browsers do; they import nothing of it."""
