"""The demo party: 120 people and eighteen months of their matters, made by calling services."""
