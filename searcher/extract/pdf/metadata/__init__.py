"""What a report says of itself: title, authors, publisher, date, numbers."""
