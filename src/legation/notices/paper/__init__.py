"""What is on paper and ours alone: delivered, typed in, corrected."""
