"""A passkey as the database keeps it, without a browser that made it."""

from allauth.mfa.models import Authenticator
from fido2.cose import ES256
from fido2.utils import websafe_encode
from fido2.webauthn import Aaguid, AttestationObject, AttestedCredentialData, AuthenticatorData

from assemblies.models import Person

# What a browser tells of a new passkey (WebAuthn, section 5.1); nobody has its private half.
_PUBLIC_KEY = ES256({1: 2, 3: -7, -1: 1, -2: bytes(32), -3: bytes(32)})
_CLIENT = b'{"type": "webauthn.create", "challenge": "", "origin": ""}'


def add_passkey(owner: Person, name: str) -> Authenticator:
    data = AttestedCredentialData.create(Aaguid.NONE, name.encode(), _PUBLIC_KEY)
    known = AuthenticatorData.create(bytes(32), AuthenticatorData.FLAG.AT, 0, data)
    told = {
        "clientDataJSON": websafe_encode(_CLIENT),
        "attestationObject": websafe_encode(AttestationObject.create("none", known, {})),
    }
    made_as = websafe_encode(name.encode())
    credential = {"id": made_as, "rawId": made_as, "type": "public-key", "response": told}
    return Authenticator.objects.create(
        user=owner,
        type=Authenticator.Type.WEBAUTHN,
        data={"name": name, "credential": credential, "passwordless": True},
    )
