"""The OpenAPI document, completed with what middleware answers and with examples."""
