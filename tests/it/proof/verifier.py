# Verifies a badge with a library that is not ours (openbadgeslib), given nothing but the badge itself: the key is fetched
# from the address that the badge names, the status list from the address that it names, and both signatures are checked.
#
#   verifier.py ISSUER BASE FILE      prints {"valid": …, "reason": …}
#
# ISSUER is the address in the badge; BASE is where the test's server listens in truth.
import base64, json, sys, urllib.request
import jwt
from openbadgeslib.ob3 import OB3Verifier
from openbadgeslib.verify import verify_badge

issuer, base, file = sys.argv[1:4]


def fetch(url):
    assert url.startswith(issuer + '/'), url
    request = urllib.request.Request(base + url[len(issuer):], headers={'Accept': '*/*'})
    with urllib.request.urlopen(request, timeout=10) as answer:
        return answer.read()


data = open(file, 'rb').read()
kind = file.rsplit('.', 1)[1]
token = {
    'jwt': lambda: data.decode(),
    'svg': lambda: OB3Verifier.extract_token_from_svg(data),
    'png': lambda: OB3Verifier.extract_token_from_png(data),
}[kind]()
key = jwt.PyJWK(json.loads(fetch(jwt.get_unverified_header(token)['kid']))).key
if kind == 'jwt':
    try:
        credential = OB3Verifier(key).verify(token, check_status=True, download=fetch)
        told = {'valid': True, 'achievement': credential.achievement.name, 'issuer': credential.issuer.id}
    except Exception as refused:
        told = {'valid': False, 'reason': str(refused)}
else:
    from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
    pem = key.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    result = verify_badge(data, '3', pubkey_pem=pem, check_status=True, download=fetch)
    told = {'valid': result.valid, 'trusted': result.trusted, 'reason': result.reason}
    if result.valid:
        told['achievement'] = result.credential.achievement.name
print(json.dumps(told))
