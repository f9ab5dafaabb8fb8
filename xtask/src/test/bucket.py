"""Makes the bucket `rhumb` in a stand-in for S3: bucket.py HOST:PORT."""

import http.client
import sys

# The stand-in looks at who asks, but not at the signature.
WHO = "AWS4-HMAC-SHA256 Credential=test/20260101/us-east-1/s3/aws4_request, SignedHeaders=host, Signature=00"

connection = http.client.HTTPConnection(sys.argv[1])
connection.request("PUT", "/rhumb", headers={"Authorization": WHO})
answer = connection.getresponse()
sys.exit(None if answer.status == 200 else f"{answer.status}: {answer.read().decode()}")
