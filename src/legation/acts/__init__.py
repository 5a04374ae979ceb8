"""The acts: every kind of statement that may cross, and what it changes on both nodes. Pure."""
