# Checks an exported log, or a selection of one, with a standard library and a signature's check alone: nothing of this project is used.
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


def proven(leaf, index, size, path):
    # RFC 9162, section 2.1.3.2.
    assert index < size
    here, last = index, size - 1
    for other in path:
        assert last > 0
        if here & 1 or here == last:
            leaf = hashlib.sha256(b"\x01" + other + leaf).digest()
            while not here & 1 and here:
                here, last = here >> 1, last >> 1
        else:
            leaf = hashlib.sha256(b"\x01" + leaf + other).digest()
        here, last = here >> 1, last >> 1
    assert last == 0
    return leaf


leaves, head, signed, selection = [], None, 0, False
for line in open(sys.argv[1], "rb"):
    kind, body = next(iter(json.loads(line).items()))
    if kind == "head":
        head, selection = opened(body["checkpoint"]), body.get("selection", False)
    elif kind == "event":
        assert selection or body["position"] == len(leaves)
        # The entry byte by byte as it stands in the line: from behind its name to what follows it.
        start = line.index(b'"entry":') + len(b'"entry":')
        _, length = json.JSONDecoder().raw_decode(line[start:].decode())
        entry = line[start:].decode()[:length].encode()
        leaves.append(hashlib.sha256(b"\x00" + entry).digest())
        if selection:
            proof = base64.b64decode(body.get("proof", ""))
            path = [proof[at : at + 32] for at in range(0, len(proof), 32)]
            assert proven(leaves[-1], body["position"], head[0], path) == head[1], "not what was signed"
        for part in ("address", "texts"):
            beside = (body.get("beside") or {}).get(part)
            if beside:
                commitment = hashlib.sha256((beside["salt"] + "\n" + beside["text"]).encode()).hexdigest()
                assert body["entry"][part + "_commitment"] == commitment
    elif kind == "checkpoint":
        assert opened(body["note"]) == (len(leaves), root(leaves))
        signed += 1
assert head is not None
assert selection or head == (len(leaves), root(leaves)), "not what was signed"
print(len(leaves), "events, as they were signed")
