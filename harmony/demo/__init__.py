"""The demo party: some thirty people, and a matter in each phase, made by calling services."""
