"""SNMPv3 keys as gufo-snmp wants them, derived from each password once and kept (1.2 ms of CPU each)."""

from functools import lru_cache
from typing import NamedTuple

from gufo.snmp import (
    Aes128Key,
    Aes192Key,
    Aes256Key,
    BaseAuthKey,
    BasePrivKey,
    DesKey,
    KeyExpansion,
    Md5Key,
    Sha1Key,
    Sha224Key,
    Sha256Key,
    Sha384Key,
    Sha512Key,
    User,
)
from gufo.snmp.user import KeyType

from monitoring.probes.answer import Reason
from monitoring.probes.snmp import SnmpFailure
from monitoring.probes.target import Auth, Privacy, SnmpAccess

_AUTH: dict[Auth, type[BaseAuthKey]] = {
    Auth.MD5: Md5Key,
    Auth.SHA1: Sha1Key,
    Auth.SHA224: Sha224Key,
    Auth.SHA256: Sha256Key,
    Auth.SHA384: Sha384Key,
    Auth.SHA512: Sha512Key,
}
_PRIVACY: dict[Privacy, type[BasePrivKey]] = {
    Privacy.DES: DesKey,
    Privacy.AES128: Aes128Key,
    Privacy.AES192: Aes192Key,
    Privacy.AES256: Aes256Key,
}


class UsmKeys(NamedTuple):
    """User and keys in the order of gufo-snmp's socket."""

    user: str
    auth_algorithm: int
    auth_key: bytes
    privacy_algorithm: int
    privacy_key: bytes


NOBODY = UsmKeys("", 0, b"", 0, b"")


@lru_cache(maxsize=4096)
def usm_keys(access: SnmpAccess, expansion: KeyExpansion) -> UsmKeys:
    """The user's master keys; raises SnmpFailure where the secrets cannot be any agent's."""
    if access.auth is Auth.NONE:
        if access.privacy is not Privacy.NONE:
            raise SnmpFailure(Reason.WRONG_CREDENTIALS)
        return UsmKeys(access.user, *NOBODY[1:])
    auth = _AUTH[access.auth]
    privacy = _PRIVACY.get(access.privacy)
    user = User(
        access.user,
        auth_key=auth(_master(access.auth, access.auth_password), KeyType.Master),
        priv_key=privacy(_master(access.auth, access.privacy_password), KeyType.Master) if privacy else None,
        key_expansion=expansion,
    )
    return UsmKeys(
        user.name, user.get_auth_alg(), user.get_auth_key(), user.get_priv_alg(), user.get_priv_key()
    )


def expansions(access: SnmpAccess) -> tuple[KeyExpansion, ...]:
    """The ways to make a short key long enough for AES-192 and AES-256.

    No standard says which: net-snmp and many others do it as Blumenthal's draft says, Cisco and many
    others as Reeder's. An agent understands one of them; both are tried.
    """
    auth, privacy = _AUTH.get(access.auth), _PRIVACY.get(access.privacy)
    if auth and privacy and privacy.KEY_LENGTH > auth.KEY_LENGTH and privacy is not DesKey:
        return (KeyExpansion.Blumenthal, KeyExpansion.Cisco)
    return (KeyExpansion.Blumenthal,)


@lru_cache(maxsize=4096)
def _master(auth: Auth, password: str) -> bytes:
    if not password:  # the library would divide by its length
        raise SnmpFailure(Reason.WRONG_CREDENTIALS)
    return _AUTH[auth].get_master_key(password.encode())
