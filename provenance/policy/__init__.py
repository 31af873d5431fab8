"""What the rules ask: lists and rules as data, verdicts on cases."""
