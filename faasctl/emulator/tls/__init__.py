"""HTTPS: certificates of the emulator's own, and the way of LivePerson's clients to it."""
