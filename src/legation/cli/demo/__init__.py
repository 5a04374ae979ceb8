"""Two nodes on this machine, introduced and at work: to try by hand, or to check as a whole."""
