"""snowflake-connector-python (https://pypi.org/project/snowflake-connector-python/) signs in to Habilis by its own code flow,
and takes a token that it is handed. The account is a stand-in that notes what the connector sends to sign in, and then lets
nobody in: whatever follows needs Snowflake."""

import gzip
import json
import os
import stat
import tempfile
import threading
import time
import urllib.parse
import urllib.request
import warnings
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from dialog import heard, refused, tell, visit

told = heard()
home = Path(tempfile.mkdtemp())
opened = home / "opened"
# The connector opens a browser; this one only notes where it was sent.
browser = home / "browser"
browser.write_text(f'#!/bin/sh\nprintf %s "$1" > {opened}.new && mv {opened}.new {opened}\n')
browser.chmod(browser.stat().st_mode | stat.S_IXUSR)
os.environ.update(BROWSER=str(browser), HOME=str(home), SF_TEMPORARY_CREDENTIAL_CACHE_DIR=str(home))
warnings.simplefilter("ignore")

import snowflake.connector  # noqa: E402

NOBODY = "390100"
OVER = "390318"
sent, answers = [], []


class Account(BaseHTTPRequestHandler):
    """What stands in for an account: it takes note of who wants to sign in, and says what it was told to say."""

    def do_POST(self):
        body = self.rfile.read(int(self.headers.get("content-length", 0)))
        if self.headers.get("content-encoding") == "gzip":
            body = gzip.decompress(body)
        code = NOBODY
        if self.path.startswith("/session/v1/login-request"):
            sent.append(json.loads(body)["data"])
            code = answers.pop(0) if answers else NOBODY
        answer = json.dumps({"success": False, "code": code, "message": "a stand-in lets nobody in", "data": {}}).encode()
        self.send_response(200)
        self.send_header("content-type", "application/json")
        self.send_header("content-length", str(len(answer)))
        self.end_headers()
        self.wfile.write(answer)

    def log_message(self, *_):
        pass


account = ThreadingHTTPServer(("127.0.0.1", 0), Account)
threading.Thread(target=account.serve_forever, daemon=True).start()


def person(change):
    """Goes where the browser was sent, and back to where the connector listens."""
    while not opened.exists():
        time.sleep(0.05)
    there = opened.read_text()
    opened.unlink()
    assert there.startswith(f"{told['front']}/authorize?"), there
    # The connector wants https. What ends TLS in front of Habilis is left out on the person's way.
    back = urllib.parse.urlsplit(visit(there.replace(told["front"], told["issuer"], 1)))
    query = change(dict(urllib.parse.parse_qsl(back.query)))
    address = back._replace(query=urllib.parse.urlencode(query)).geturl()
    try:
        urllib.request.urlopen(address).read()
    except urllib.error.HTTPError as error:
        error.read()


def sign_in(change=lambda query: query, goes=True, **how):
    """Lets the connector sign in; gives what it sent to the account, and the error with which it gave up."""
    before = len(sent)
    walk = threading.Thread(target=person, args=[change], daemon=True)
    if goes:
        walk.start()
    try:
        snowflake.connector.connect(
            account="stand-in",
            user="ANA.VERANO",
            host="127.0.0.1",
            port=account.server_address[1],
            protocol="http",
            role="READER",
            custom_root_store_path=told["certificate"],
            authentication_timeout=30,
            **how,
        )
    except snowflake.connector.errors.DatabaseError as error:
        if goes:
            walk.join(30)
        return sent[before:], str(error)
    raise AssertionError("somebody was let in")


ends = {"oauth_authorization_url": f"{told['front']}/authorize", "oauth_token_request_url": f"{told['front']}/token"}
flow = {"authenticator": "OAUTH_AUTHORIZATION_CODE", **ends}
tool = {"oauth_client_id": told["tool"]["id"], "oauth_client_secret": told["tool"]["secret"]}
forgets = {"client_store_temporary_credential": False}
done = {"refused": refused}

# A token of the command line.
handed, said = sign_in(goes=False, authenticator="oauth", token=told["token"], **forgets)
assert NOBODY in said, said
done["handed"] = [handed[0]["AUTHENTICATOR"], handed[0]["LOGIN_NAME"], handed[0]["TOKEN"]]

# Its own way, with what it does where nothing is said: a port of its choice, and the scope of the role.
coded, said = sign_in(**flow, **tool, **forgets)
assert NOBODY in said, said
done["coded"] = [coded[0]["OAUTH_TYPE"], coded[0]["TOKEN"]]

# It keeps what it was given. Once the account says that the access token is over, it fetches the next by the refresh token,
# and nobody is asked anything.
lasting = {"oauth_scope": "session:role:READER offline_access", "client_store_temporary_credential": True}
sign_in(**flow, **tool, **lasting)
answers.append(OVER)
kept, said = sign_in(goes=False, **flow, **tool, **lasting)
assert NOBODY in said, said
done["kept"] = [one["TOKEN"] for one in kept]

# A service account, by nothing but its own secret.
machine = {"oauth_client_id": told["machine"]["id"], "oauth_client_secret": told["machine"]["secret"]}
served, said = sign_in(
    goes=False,
    authenticator="OAUTH_CLIENT_CREDENTIALS",
    oauth_token_request_url=ends["oauth_token_request_url"],
    **machine,
    **forgets,
)
assert NOBODY in said, said
done["served"] = [served[0]["OAUTH_TYPE"], served[0]["TOKEN"]]

# An answer to another question.
none, said = sign_in(lambda query: {**query, "state": "another"}, **flow, **tool, **forgets)
assert not none, none
refused["another state"] = said
tell({"done": done})
