"""JSON-LD without a network: pinned contexts, expansion, and canonical forms."""
