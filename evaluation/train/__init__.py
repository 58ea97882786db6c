"""Train the encoder that the package ships; needs the ``training`` extra (PyTorch)."""
