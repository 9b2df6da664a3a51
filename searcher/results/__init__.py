"""What the verbs return and every face prints."""
