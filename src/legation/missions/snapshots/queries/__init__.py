"""What a desk's rows say of all things, read once and kept in memory."""
