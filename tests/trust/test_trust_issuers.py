"""The file of known issuers, and who is known by it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from skillmatch.errors import DataError, NotFoundError, RowError
from skillmatch.model.achievement import Profile
from skillmatch.model.verification import CheckName, CheckState
from skillmatch.trust.checks import invalid, unknown, valid
from skillmatch.trust.issuers import KnownIssuer, KnownIssuers, read_known_issuers
from skillmatch.trust.known import check_issuer

KEY = "z6MkhaXgBZDvotDkL5257faiztiGiC2QtKLGpbnnEGta2doK"
ID = "https://badges.example/issuer"
ISSUER = Profile(id=ID, name="Example Guild")
PROVEN = valid(CheckName.PROOF, "the signature holds")
BOUND = valid(CheckName.ISSUER, "the key is its own")
UNBOUND = unknown(CheckName.ISSUER, "its key was not looked at", "bring it")
FOREIGN = invalid(CheckName.ISSUER, "the key is another's")


def known(*keys: str, identity: str = ID) -> KnownIssuers:
    """Return a file with one issuer."""
    return KnownIssuers(issuers=(KnownIssuer(id=identity, name="Example Guild", keys=keys),))


def test_toml_and_json_say_the_same(tmp_path: Path) -> None:
    """People write TOML, programs JSON."""
    toml = tmp_path / "issuers.toml"
    toml.write_text(f'[[issuer]]\nid = "{ID}"\nname = "Example Guild"\nkeys = ["{KEY}"]\n')
    as_json = tmp_path / "issuers.json"
    entry = {"id": ID, "name": "Example Guild", "keys": [KEY]}
    as_json.write_text(json.dumps({"issuers": [entry]}))

    assert read_known_issuers(toml).issuers == read_known_issuers(as_json).issuers
    assert read_known_issuers(toml).find(ID) == known(KEY).issuers[0]


def test_all_faults_of_a_file_are_named(tmp_path: Path) -> None:
    """A misspelt key would otherwise quietly trust somebody for the wrong reason."""
    path = tmp_path / "issuers.json"
    entries = [{"id": "Guild"}, {"id": ID, "kyes": [KEY]}, {"id": ID, "keys": ["abc"]}, 7]
    path.write_text(json.dumps({"issuers": entries}))

    with pytest.raises(RowError) as error:
        read_known_issuers(path)

    assert len(error.value.faults) == 4


@pytest.mark.parametrize("content", ["[[issuer", "issuer = 3", "", "\xff"])
def test_a_file_of_another_kind_is_refused(tmp_path: Path, content: str) -> None:
    """An empty list of issuers by accident would look like nobody being trusted on purpose."""
    path = tmp_path / "issuers.toml"
    path.write_bytes(content.encode("latin-1"))

    with pytest.raises(DataError):
        read_known_issuers(path)
    with pytest.raises(NotFoundError):
        read_known_issuers(tmp_path / "none.toml")


@pytest.mark.parametrize(
    ("issuers", "binding", "controllers", "state", "said"),
    [
        (KnownIssuers(), BOUND, {ID}, CheckState.VALID, "controls https"),
        (KnownIssuers(), UNBOUND, {ID}, CheckState.UNKNOWN, "not looked at"),
        (KnownIssuers(), FOREIGN, set(), CheckState.INVALID, "another's"),
        (known(), BOUND, {ID}, CheckState.VALID, "its own"),
        (known(), UNBOUND, {ID}, CheckState.UNKNOWN, "not shown to be its own"),
        (known(), FOREIGN, set(), CheckState.INVALID, "another's"),
        (known(KEY), UNBOUND, {f"did:key:{KEY}"}, CheckState.VALID, "one of its listed keys"),
        (known(f"did:key:{KEY}"), UNBOUND, {KEY}, CheckState.VALID, "one of its listed keys"),
        (known(KEY), BOUND, {ID}, CheckState.INVALID, "none of those listed"),
        (known(KEY), UNBOUND, {ID}, CheckState.UNKNOWN, "not shown to be its own"),
        (known(KEY), FOREIGN, {KEY}, CheckState.INVALID, "another's"),
    ],
)
def test_an_issuer_is_known_by_id_and_key_together(
    issuers: KnownIssuers,
    binding: object,
    controllers: set[str],
    state: CheckState,
    said: str,
) -> None:
    """An id alone can be written by anybody, and a key alone says no name."""
    check = check_issuer(
        ISSUER,
        proof=PROVEN,
        binding=binding,  # type: ignore[arg-type] # a Check; the table holds objects
        controllers=frozenset(controllers),
        known=issuers,
    )

    assert (check.state, said in check.reason) == (state, True), check.reason


def test_a_name_that_is_known_does_not_make_its_bearer_known() -> None:
    """Anybody can mint a did:key badge in a known issuer's name; the report says that it is not."""
    identity = f"did:key:{KEY}"
    minted = Profile(id=identity, name="Example  guild")

    check = check_issuer(
        minted,
        proof=PROVEN,
        binding=BOUND,
        controllers=frozenset({identity}),
        known=known(),
    )

    assert check.state is CheckState.UNKNOWN
    assert "not that of the known issuer" in check.reason
    assert "Example Guild" in check.mend


def test_a_known_did_key_is_known() -> None:
    """A supervisor without a web address can be listed by key."""
    identity = f"did:key:{KEY}"

    check = check_issuer(
        Profile(id=identity, name="A supervisor"),
        proof=PROVEN,
        binding=BOUND,
        controllers=frozenset({identity}),
        known=known(identity=identity),
    )

    assert check.state is CheckState.VALID


def test_an_unlisted_did_key_is_told_whether_there_was_a_list() -> None:
    """Who gave no file should not look for a fault in one."""
    identity = f"did:key:{KEY}"

    said = {
        check_issuer(
            Profile(id=identity, name="A supervisor"),
            proof=PROVEN,
            binding=BOUND,
            controllers=frozenset({identity}),
            known=listed,
        ).reason.rpartition("; ")[2]
        for listed in (known(), KnownIssuers())
    }

    assert said == {"your file does not know it", "no known issuers were given"}


def test_nobody_is_known_without_a_proof() -> None:
    """Who issued something shows only in what they signed."""
    check = check_issuer(
        ISSUER,
        proof=unknown(CheckName.PROOF, "it has none"),
        binding=BOUND,
        controllers=frozenset(),
        known=known(),
    )

    assert check.state is CheckState.UNKNOWN


def test_a_known_name_on_a_web_address_of_ones_own_is_not_known_either() -> None:
    """A look-alike domain controls itself; the name it bears is somebody else's."""
    alike = Profile(id="https://badges-example.example/issuer", name="Example Guild")

    check = check_issuer(
        alike,
        proof=PROVEN,
        binding=BOUND,
        controllers=frozenset({alike.id}),
        known=known(),
    )

    assert check.state is CheckState.UNKNOWN
    assert "not that of the known issuer" in check.reason


def test_a_hosted_badge_of_an_issuer_with_listed_keys_needs_none_of_them() -> None:
    """Its place proves it; the keys are for what the issuer signs."""
    check = check_issuer(
        ISSUER,
        proof=PROVEN,
        binding=BOUND,
        controllers=frozenset({ID}),
        known=known(KEY),
        by_key=False,
    )

    assert check.state is CheckState.VALID
