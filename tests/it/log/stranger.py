# Checks an exported log with a standard library and a signature's check alone: nothing of this project is used.
#   stranger.py FILE KEY
import base64, hashlib, json, re, sys

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

name, key_id, key = sys.argv[2].split("+", 2)
key = base64.b64decode(key)
assert key[0] == 1 and hashlib.sha256(name.encode() + b"\n" + key).hexdigest()[:8] == key_id


def opened(note):
    text, signatures = note.rsplit("\n\n", 1)
    text += "\n"
    for line in signatures.splitlines():
        who, signature = line.removeprefix("\u2014 ").rsplit(" ", 1)
        if who == name:
            Ed25519PublicKey.from_public_bytes(key[1:]).verify(base64.b64decode(signature)[4:], text.encode())
            origin, size, root = text.splitlines()[:3]
            assert origin == name
            return int(size), base64.b64decode(root)
    raise SystemExit("not signed by this key")


def root(leaves):
    if len(leaves) == 1:
        return leaves[0]
    left = 1
    while left * 2 < len(leaves):
        left *= 2
    return hashlib.sha256(b"\x01" + root(leaves[:left]) + root(leaves[left:])).digest()


leaves, head, signed = [], None, 0
for line in open(sys.argv[1], "rb"):
    kind, body = next(iter(json.loads(line).items()))
    if kind == "head":
        head = opened(body["checkpoint"])
    elif kind == "event":
        assert body["position"] == len(leaves)
        # The entry byte by byte as it stands in the line: from behind its name to what follows it.
        start = line.index(b'"entry":') + len(b'"entry":')
        _, length = json.JSONDecoder().raw_decode(line[start:].decode())
        entry = line[start:].decode()[:length].encode()
        leaves.append(hashlib.sha256(b"\x00" + entry).digest())
        for part in ("address", "texts"):
            beside = (body.get("beside") or {}).get(part)
            if beside:
                commitment = hashlib.sha256((beside["salt"] + "\n" + beside["text"]).encode()).hexdigest()
                assert body["entry"][part + "_commitment"] == commitment
    elif kind == "checkpoint":
        assert opened(body["note"]) == (len(leaves), root(leaves))
        signed += 1
assert head == (len(leaves), root(leaves)), "not what was signed"
print(len(leaves), "events, as they were signed")
