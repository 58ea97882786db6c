"""When a key was last used: written at most once a minute, and never in the way of a request."""

from __future__ import annotations

import logging
import threading
from collections import OrderedDict
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sqlalchemy import or_, update
from sqlalchemy.exc import SQLAlchemyError

from skillmatch.errors import SkillmatchError
from skillmatch_api.store import Store
from skillmatch_api.store.tables import ApiKey

EVERY = timedelta(minutes=1)
REMEMBERED = 10_000
"""Keys that are remembered at most; one that was forgotten asks the database again."""

_log = logging.getLogger(__name__)


@dataclass(slots=True)
class LastUses:
    """Which keys this process wrote down within the last minute."""

    _noted: OrderedDict[str, datetime] = field(default_factory=OrderedDict)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def note(self, store: Store, caller: str, *, at: datetime) -> None:
        """Write down that a key was used, unless that was done within the minute.

        A database that cannot be written loses the note and nothing else.

        Args:
            store: Of the key.
            caller: As ``Principal.caller`` has it; only keys are written down.
            at: This moment.
        """
        kind, _, key_id = caller.partition(":")
        if kind != "key" or not self._take_turn(key_id, at):
            return
        old = or_(ApiKey.last_used_at.is_(None), ApiKey.last_used_at <= at - EVERY)
        try:
            with store.writing() as session:
                session.execute(
                    update(ApiKey).where(ApiKey.id == key_id, old).values(last_used_at=at)
                )
        except (SkillmatchError, SQLAlchemyError) as error:
            _log.warning("the last use of a key was not written: %s", type(error).__name__)

    def is_due(self, caller: str, *, at: datetime) -> bool:
        """Whether ``note`` would write; it asks neither a lock nor the database."""
        kind, _, key_id = caller.partition(":")
        last = self._noted.get(key_id)
        return kind == "key" and (last is None or at >= last + EVERY)

    def _take_turn(self, key_id: str, at: datetime) -> bool:
        with self._lock:
            last = self._noted.get(key_id)
            if last is not None and at < last + EVERY:
                return False
            self._noted[key_id] = at
            self._noted.move_to_end(key_id)
            while len(self._noted) > REMEMBERED:
                self._noted.popitem(last=False)
            return True
