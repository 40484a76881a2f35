"""What the page How it works shows beside its words: votes that are really counted."""
