"""Authlib (https://pypi.org/project/Authlib/) in a Flask application that signs people in through Habilis: once with its
secret in the header and once in the body. Authlib looks at `state`, the verifier, and of the ID token at the signature,
issuer, audience, nonce, times and `at_hash`."""

import os
from urllib.parse import parse_qs, urlsplit

os.environ["AUTHLIB_INSECURE_TRANSPORT"] = "1"

from authlib.integrations.flask_client import OAuth  # noqa: E402
from authlib.integrations.requests_client import OAuth2Session  # noqa: E402
from dialog import bent, heard, refused, refuses, tell, visit  # noqa: E402
from flask import Flask, session  # noqa: E402

told = heard()
SCOPE = "openid profile email offline_access session:role:READER"
app = Flask(__name__)
app.secret_key = "a secret of this application"
oauth = OAuth(app)
for name, method in [("basic", "client_secret_basic"), ("post", "client_secret_post")]:
    oauth.register(
        name,
        client_id=told[name]["id"],
        client_secret=told[name]["secret"],
        server_metadata_url=f"{told['issuer']}/.well-known/openid-configuration",
        client_kwargs={"scope": SCOPE, "code_challenge_method": "S256", "token_endpoint_auth_method": method},
    )
kept = {}


@app.get("/<name>")
def begin(name):
    kept.pop(name, None)
    answer = oauth.create_client(name).authorize_redirect(told["back"], resource=told["resource"])
    # Where Authlib keeps what it checks later: the nonce is in it.
    states = [value for key, value in session.items() if key.startswith(f"_state_{name}_")]
    kept["nonce"] = states[-1]["data"]["nonce"]
    return answer


@app.get("/<name>/back")
def back(name):
    kept[name] = oauth.create_client(name).authorize_access_token()
    return kept[name]["userinfo"]


def sign_in(name, change=lambda query: query):
    """Goes the whole way in a browser of the application's own; gives the page that it ends on."""
    browser = app.test_client()
    there = browser.get(f"/{name}").headers["location"]
    assert "code_challenge_method=S256" in there, there
    query = {key: value[0] for key, value in parse_qs(urlsplit(visit(there)).query).items()}
    assert query["iss"] == told["issuer"]
    return browser.get(f"/{name}/back", query_string=change(query))


app.testing = True
for name in ["basic", "post"]:
    client, endpoints = oauth.create_client(name), oauth.create_client(name).load_server_metadata()
    person = sign_in(name).json
    assert (person["name"], person["email"]) == ("Ana Verano", "ana.verano@example.com"), person
    token, nonce = kept[name], kept["nonce"]
    assert client.parse_id_token(token, nonce=nonce)["at_hash"], "it says for which access token it is"

    own = told[name]
    method = client.client_kwargs["token_endpoint_auth_method"]
    tool = OAuth2Session(own["id"], own["secret"], token_endpoint_auth_method=method, token=token)

    def alive(text):
        answer = tool.introspect_token(endpoints["introspection_endpoint"], token=text)
        answer.raise_for_status()
        return answer.json()

    # Authlib holds what comes back at a refresh against what was there before.
    following = tool.refresh_token(endpoints["token_endpoint"], refresh_token=token["refresh_token"])
    assert following["refresh_token"] != token["refresh_token"]
    told_of = alive(following["access_token"])
    assert (told_of["active"], told_of["role"], told_of["sub"]) == (True, "reader", person["sub"]), told_of
    tool.revoke_token(endpoints["revocation_endpoint"], token=following["access_token"]).raise_for_status()
    assert alive(following["access_token"]) == {"active": False}
    # What the access tokens hang on, and with it all of them.
    assert alive(token["access_token"])["active"]
    tool.revoke_token(endpoints["revocation_endpoint"], token=following["refresh_token"]).raise_for_status()
    assert alive(token["access_token"]) == {"active": False}
    refuses(
        f"a refresh token that was given back ({name})",
        lambda: tool.refresh_token(endpoints["token_endpoint"], refresh_token=following["refresh_token"]),
    )

# Authlib's own judgement. The last token is that of the tool that sends its secret in the body.
client = oauth.create_client("post")
token, nonce = kept["post"], kept["nonce"]
refuses("an ID token with one bit turned over", lambda: client.parse_id_token({**token, "id_token": bent(token["id_token"])}, nonce))
refuses("another nonce", lambda: client.parse_id_token(token, "another"))
refuses("an ID token for somebody else", lambda: oauth.create_client("basic").parse_id_token(token, nonce))
refuses("another access token beside it", lambda: client.parse_id_token({**token, "access_token": kept["basic"]["access_token"]}, nonce))
refuses("another state", lambda: sign_in("basic", lambda query: {**query, "state": "another"}))
refuses("another code", lambda: sign_in("basic", lambda query: {**query, "code": query["code"][:-1]}))
tell({"done": {"refused": refused}})
