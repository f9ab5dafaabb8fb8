"""Makes the container `rhumb` in an Azurite: container.py HOST:PORT."""

import base64
import email.utils
import hashlib
import hmac
import http.client
import sys

ACCOUNT = "devstoreaccount1"
# The key that every Azurite has, as its documentation says.
KEY = "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw=="

date = email.utils.formatdate(usegmt=True)
resource = f"/{ACCOUNT}/{ACCOUNT}/rhumb\nrestype:container"
text = "PUT" + "\n" * 12 + f"x-ms-date:{date}\nx-ms-version:2021-08-06\n{resource}"
mac = hmac.new(base64.b64decode(KEY), text.encode(), hashlib.sha256).digest()
headers = {
    "x-ms-date": date,
    "x-ms-version": "2021-08-06",
    "Authorization": f"SharedKey {ACCOUNT}:{base64.b64encode(mac).decode()}",
}
connection = http.client.HTTPConnection(sys.argv[1])
connection.request("PUT", f"/{ACCOUNT}/rhumb?restype=container", headers=headers)
answer = connection.getresponse()
sys.exit(None if answer.status == 201 else f"{answer.status}: {answer.read().decode()}")
