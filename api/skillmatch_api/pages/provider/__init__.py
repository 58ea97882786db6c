"""The provider's page: badges are sent in, reviewed one at a time, and taken home."""
