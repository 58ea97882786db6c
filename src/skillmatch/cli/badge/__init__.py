"""Commands about badges and other credentials."""
