"""The Encoder port and its models."""

from skillmatch.embedding.hashing import HashingEncoder
from skillmatch.embedding.opening import open_encoder
from skillmatch.embedding.port import Encoder, Role, TokenVectors, Vectors

__all__ = ["Encoder", "HashingEncoder", "Role", "TokenVectors", "Vectors", "open_encoder"]
