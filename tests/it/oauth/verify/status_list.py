# Reads a token's status as any verifier would (draft-ietf-oauth-status-list-17, section 8.3): fetches the list that the token
# names and the key that the list names, checks the signature with PyJWT, and unpacks the bits with zlib.
#
#   status_list.py ISSUER BASE TOKEN      prints {"status": 0 or 1, …}
#
# ISSUER is the address in the token; BASE is where the test's server listens in truth.
import base64, json, sys, urllib.request, zlib
import jwt

issuer, base, token = sys.argv[1:4]


def fetch(url, kind):
    assert url.startswith(issuer + '/'), url
    request = urllib.request.Request(base + url[len(issuer):], headers={'Accept': kind})
    with urllib.request.urlopen(request, timeout=10) as answer:
        assert answer.headers['content-type'] == kind, answer.headers['content-type']
        return answer.read().decode()


place = jwt.decode(token, options={'verify_signature': False})['status']['status_list']
text = fetch(place['uri'], 'application/statuslist+jwt')
header = jwt.get_unverified_header(text)
assert header['typ'] == 'statuslist+jwt', header
key = jwt.PyJWK(json.loads(fetch(header['kid'], 'application/jwk+json')))
# The clock of the test stands still.
claims = jwt.decode(text, key.key, algorithms=[key.algorithm_name], options={'verify_exp': False, 'verify_iat': False})
assert claims['sub'] == place['uri'], claims
packed = claims['status_list']['lst']
bits = zlib.decompress(base64.urlsafe_b64decode(packed + '=' * (-len(packed) % 4)))
print(json.dumps({
    'status': bits[place['idx'] // 8] >> (place['idx'] % 8) & 1,
    'set': sum(bin(byte).count('1') for byte in bits),
    'bits': claims['status_list']['bits'],
    'bytes': len(bits),
    'ttl': claims['ttl'], 'iat': claims['iat'], 'exp': claims['exp'],
    'place': [place['uri'], place['idx']],
}))
