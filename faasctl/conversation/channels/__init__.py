"""What each channel takes of rich content: one schema a channel (third-party-bots §7.3, C)."""
