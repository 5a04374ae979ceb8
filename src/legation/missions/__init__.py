"""Keep embassies running: posts, premises, regimes, each stated by the side entitled to."""
