"""Serves moto's S3 on port 9000."""

from datetime import datetime, timezone

from moto.s3 import models, responses
from moto.server import main

# moto lists all uploads as begun at this moment; here each of them knows its own.
FIXED_BEGIN = "2010-11-10T20:48:33.000Z"

if FIXED_BEGIN not in responses.S3_ALL_MULTIPARTS:
    raise SystemExit("This version of moto lists uploads in another way.")
responses.S3_ALL_MULTIPARTS = responses.S3_ALL_MULTIPARTS.replace(FIXED_BEGIN, "{{ upload.begun }}")

init = models.FakeMultipart.__init__


def dated_init(self, *args, **kwargs):
    """Makes an upload that knows when it was begun."""
    init(self, *args, **kwargs)
    self.begun = datetime.now(timezone.utc).strftime("%Y-%m-%dT%H:%M:%S.000Z")


models.FakeMultipart.__init__ = dated_init

main(["--host", "0.0.0.0", "--port", "9000"])
