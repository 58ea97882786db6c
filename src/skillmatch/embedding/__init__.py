"""The Encoder port and its models."""
