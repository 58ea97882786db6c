"""Every number that the comparison rests on, each with where it comes from.

They live in one place so that a change is one line in one diff. "Chosen" means that no gold
data exists for the number: the order it produces is what counts, and the reason is given.
"""

from __future__ import annotations

MAX_STEPS = 2
"""Steps up the hierarchy that still relate two skills.

Chosen: in ESCO 1.1.1 a third step reaches concepts such as "computer science", under which
hundreds of unrelated skills lie.
"""

COVERS = 0.85
"""Coverage from which the skill asked for counts as held.

Chosen between a skill one step narrower (who can program in Python can program) and one two
steps narrower, which is shown as related and left to the reader.
"""

NARROWER = (0.9, 0.8)
"""Coverage by a held skill that is one or two steps narrower than the one asked for.

Chosen: it is a case of what is asked for, though not all of it.
"""

BROADER = (0.4, 0.25)
"""Coverage by a held skill that is one or two steps broader than the one asked for.

Chosen below one half: most of what is asked for still has to be learnt or shown.
"""

SIBLING = 0.3
"""Coverage by a held skill with a direct broader skill in common with the one asked for.

Chosen between one and two steps of ``BROADER``: siblings share a parent's common ground.
"""

NEAR_SIMILARITY = 0.96
"""Cosine from which two concepts count as near in meaning.

Measured with ``python -m evaluation.nearness`` (ESCO 1.1.0, skillmatch-minilm-1): the lowest bin
from which on two of three pairs, not related by the hierarchy, are kin by a common group, a
relation between skills or an occupation that needs both: 72 % at .96, 76 % at .97, 77 % at .98;
66 % at .95.
"""

NEAR_LEAST, NEAR_MOST = 0.3, 0.7
"""Coverage at ``NEAR_SIMILARITY`` and at cosine 1, linear in between.

Chosen to stay below ``COVERS``: an encoder's closeness alone never calls a skill held.
"""

NEED_MUST, NEED_SHOULD, NEED_NICE = 1.0, 0.6, 0.3
"""Need by necessity.

Chosen so far apart that a should-have mentioned everywhere (0.6) stays below a must-have
mentioned once (0.9); a must-have that is half covered drops below a missing should-have.
"""

EMPHASIS_ONCE = 0.9
"""Emphasis of a skill that one sentence asks for; each further one closes half of the rest.

Chosen small: repetition orders skills of equal necessity and nothing else.
"""

IMPORTANCE_LEAST = 0.5
"""Need factor at O*NET importance 1; importance 5 gives 1, linear in between.

Chosen above 0 because a necessity drawn from the same importance has been applied already.
Source: O*NET scale IM runs from 1 to 5.
"""

DECIMALS = 6
"""Places that similarities, factors and priorities are rounded to before ties are broken."""
