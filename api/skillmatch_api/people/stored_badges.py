"""Badges that a person left here, read again from the bytes that were kept."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Self

from skillmatch.errors import DataError
from skillmatch.model.credential import Wallet
from skillmatch.model.evidence import EvidenceKind
from skillmatch.readers.credentials import is_wallet, wallet_in
from skillmatch.service.matcher import Matcher
from skillmatch.service.named_files import with_credentials
from skillmatch.service.verifying import Verifier
from skillmatch_api.people.adding import Brought, Found, read
from skillmatch_api.store.tables import EvidenceRow, StoredDocument

BADGES = frozenset({EvidenceKind.BADGE.value, EvidenceKind.ENDORSEMENT.value})
"""Kinds of evidence that are checked, and may be another thing tomorrow."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredBadges:
    """The badge files of one person.

    Attributes:
        ids: Of the stored documents.
        names: What they are called, which need not tell them apart.
        brought: The same as if they were brought now, under names that do.
    """

    ids: tuple[str, ...]
    names: tuple[str, ...]
    brought: tuple[Brought, ...]

    @classmethod
    def of(cls, documents: Sequence[StoredDocument]) -> Self:
        """Read those documents that hold badges; what can no longer be read is left out."""
        taken: set[str] = set()
        found: list[tuple[StoredDocument, Brought]] = []
        for document in documents:
            name = document.name
            while name in taken:
                # Files brought on different days may share a name, and evidence finds its file by
                # its name.
                name = f"+{name}"
            taken.add(name)
            wallet = _wallet(document.content, name)
            if wallet is not None:
                found.append((document, _brought(document, name, wallet)))
        return cls(
            ids=tuple(one.id for one, _ in found),
            names=tuple(one.name for one, _ in found),
            brought=tuple(one for _, one in found),
        )

    def judge(
        self, rows: Sequence[EvidenceRow], matcher: Matcher, verifier: Verifier
    ) -> dict[str, Found | None]:
        """Return what each row's badge is found to show now, by id of the row.

        All files are read together, since an endorsement may be about a badge in another file. A
        file that shows less so, because another version of its badge counts instead, is read by
        itself, as when it was added.

        Args:
            rows: Of the person; those that no badge is behind are left out.
            matcher: Finds the skills.
            verifier: Of the person's contact.

        Returns:
            None for a row that its badge does not show any more, or cannot be read for.
        """
        badges = [row for row in rows if row.kind in BADGES]
        judged = self._paired(badges, self._shown(self.brought, matcher, verifier))
        lacking = {row.document_id for row in badges if judged[row.id] is None}
        for document_id, brought in zip(self.ids, self.brought, strict=True):
            if document_id in lacking and len(self.brought) > 1:
                alone = self._shown((brought,), matcher, verifier)
                judged |= self._paired([row for row in badges if judged[row.id] is None], alone)
        return judged

    def _shown(
        self, brought: tuple[Brought, ...], matcher: Matcher, verifier: Verifier
    ) -> dict[_Key, list[Found]]:
        by_key: dict[_Key, list[Found]] = {}
        ids = dict(zip((one.name for one in self.brought), self.ids, strict=True))
        for one in read(matcher, have=(), documents=brought, verifier=verifier).found:
            if one.document is not None:
                said, name = one.evidence, brought[one.document].name
                inside = said.source.removeprefix(name)
                key = (ids[name], inside, said.pointer, said.kind.value, said.uri, said.text)
                by_key.setdefault(key, []).append(one)
        return by_key

    def _paired(
        self, rows: Sequence[EvidenceRow], by_key: dict[_Key, list[Found]]
    ) -> dict[str, Found | None]:
        names = dict(zip(self.ids, self.names, strict=True))
        left = {key: iter(found) for key, found in by_key.items()}
        return {row.id: next(left.get(_key(row, names), iter(())), None) for row in rows}


_Key = tuple[str, str, str, str, str, str]
"""Document, file and place in it, kind, skill, words: what stays the same of a badge that does."""


def _key(row: EvidenceRow, names: Mapping[str, str]) -> _Key:
    document_id = row.document_id or ""
    inside = row.source.removeprefix(names.get(document_id, ""))
    return (document_id, inside, row.pointer, row.kind, row.uri, row.text)


def _brought(document: StoredDocument, name: str, wallet: Wallet) -> Brought:
    return Brought(name=name, media_type=document.media_type, content=document.content, read=wallet)


def _wallet(content: bytes, name: str) -> Wallet | None:
    try:
        if is_wallet(content, name):
            return with_credentials(wallet_in(content, name), Path(name))
    except DataError:
        return None
    return None
