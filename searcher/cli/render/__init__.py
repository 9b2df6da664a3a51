"""What is printed: as text for people, as JSON and CSV for scripts."""
