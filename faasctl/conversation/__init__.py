"""What a bot hears and says."""
