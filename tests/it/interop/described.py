"""What Schemathesis (https://pypi.org/project/schemathesis/) is told of Habilis beside the description of the API: how somebody
signs in. It calls everything that it finds, and so ends the very session that it calls with, now and then."""

import os

import requests
import schemathesis

SESSION = f"{os.environ['HABILIS_BASE']}/api/v1/session"
WHO = {"email": os.environ["HABILIS_EMAIL"], "password": os.environ["HABILIS_PASSWORD"]}
held = {"over": True}


@schemathesis.auth(refresh_interval=None)
class SignedIn:
    def get(self, case, context):
        if held["over"]:
            answer = requests.post(SESSION, json=WHO, timeout=60)
            answer.raise_for_status()
            held.update(over=False, token=answer.json()["token"])
        return held["token"]

    def set(self, case, data, context):
        case.headers["Authorization"] = f"Bearer {data}"


@schemathesis.hook
def after_call(context, case, response):
    # Calls without a session, and with another's, are refused as they should be.
    sent = response.request.headers.get("authorization")
    if response.status_code == 401 and sent == f"Bearer {held.get('token')}":
        held["over"] = True
