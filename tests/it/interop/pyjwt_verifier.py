"""PyJWT (https://pypi.org/project/PyJWT/) as a warehouse: it knows nothing but the address of the keys, and verifies access
tokens of both algorithms."""

import jwt
from dialog import bent, heard, refused, refuses, tell

told = heard()
keys = jwt.PyJWKClient(told["jwks"])
algorithms = {}
for one in told["tokens"]:
    token, audience, algorithm = one["token"], one["audience"], one["algorithm"]

    def verified(token=token, **other):
        wanted = {"audience": audience, "issuer": told["issuer"], "algorithms": [algorithm], **other}
        needed = {"require": ["exp", "iat", "nbf", "iss", "aud", "sub", "jti"], "strict_aud": True}
        return jwt.decode(token, keys.get_signing_key_from_jwt(token), options=needed, **wanted)

    claims = verified()
    assert claims["scope"] == one["scope"], claims
    algorithms[algorithm] = jwt.get_unverified_header(token)["typ"]
    refuses(f"a token with one bit turned over ({algorithm})", lambda: verified(bent(token)))
    refuses(f"a token for another warehouse ({algorithm})", lambda: verified(audience="https://elsewhere.example.com"))
    refuses(f"a token of another issuer ({algorithm})", lambda: verified(issuer="https://elsewhere.example.com"))
    other = {"ES256": "RS256", "RS256": "ES256"}[algorithm]
    refuses(f"another algorithm ({algorithm})", lambda: verified(algorithms=[other]))
tell({"done": {"refused": refused, "algorithms": algorithms}})
