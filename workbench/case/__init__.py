"""What is claimed: the words and the files. No number is computed here."""
