"""Files become values, once, at the rim.

One package for each kind of source: ``documents``, ``esco``, ``onet``, ``rdf``, ``requirements``.
They do not know each other; what several need stands beside them.
"""
