"""Requirements minus evidence: pure decisions."""
