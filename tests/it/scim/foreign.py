"""Runs scim2-tester (https://pypi.org/project/scim2-tester/) against a service: every check with what came of it, as JSON.

usage: foreign.py BASE TOKEN

The checker makes up values by their types. A userName of this service is an e-mail address, which no schema can say (RFC
7643 has no type for it), so that it is told here.
"""

import json
import sys
import uuid

from httpx2 import Client
from scim2_client.engines.httpx2 import SyncSCIMClient
from scim2_tester import check_server, filling

base, token = sys.argv[1:]
made_up = filling.generate_random_value


def value(context, path, *args, **kwargs):
    found = made_up(context, path, *args, **kwargs)
    if found is not None and str(path).endswith("userName"):
        return f"{uuid.uuid4()}@example.com"
    return found


for module in [module for name, module in sys.modules.items() if name.startswith("scim2_tester")]:
    if getattr(module, "generate_random_value", None) is made_up:
        module.generate_random_value = value

http = Client(base_url=base, headers={"Authorization": f"Bearer {token}"})
results = check_server(SyncSCIMClient(http))
json.dump(
    [
        {
            "title": result.title,
            "status": result.status.name,
            "resource": result.resource_type,
            "reason": str(result.reason),
        }
        for result in results
    ],
    sys.stdout,
)
