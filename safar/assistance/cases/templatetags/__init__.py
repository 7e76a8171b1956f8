"""Tags of the pages of casework."""
