"""How the scripts for Python here talk: one line of JSON comes in for each that goes out, and the first of all holds the
script's settings."""

import base64
import json
import sys

refused = {}


def heard():
    return json.loads(sys.stdin.readline())


def tell(line):
    print(json.dumps(line), flush=True)


def ask(line):
    tell(line)
    return heard()


def visit(address):
    """Sends Ana's browser to an address; gives the one to which she is sent away from there."""
    return ask({"visit": address})["to"]


def refuses(name, attempt):
    """Notes what is refused here, with the name that the foreign code gives to the reason."""
    try:
        came = attempt()
    except Exception as error:
        refused[name] = getattr(error, "error", None) or type(error).__name__
        return
    raise AssertionError(f"{name} was taken: {came}")


def bent(token):
    """A JWT with one bit of its signature turned over."""
    head, body, signature = token.split(".")
    raw = bytearray(base64.urlsafe_b64decode(signature + "=" * (-len(signature) % 4)))
    raw[20] ^= 1
    return ".".join([head, body, base64.urlsafe_b64encode(raw).rstrip(b"=").decode()])
