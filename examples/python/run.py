"""Runs code, and uploads and downloads files, with Python's standard library alone."""

import json
import os
import urllib.error
import urllib.parse
import urllib.request

API = os.environ.get("CODE_INTERPRETER_URL", "http://127.0.0.1:8080") + "/v1"
USER = "example"


def call(method, path, body=None, content_type="application/json"):
    """Returns the body of the response."""
    headers = {"content-type": content_type}
    if key := os.environ.get("CODE_INTERPRETER_KEY"):
        headers["authorization"] = f"Bearer {key}"
    request = urllib.request.Request(API + path, body, headers, method=method)
    with urllib.request.urlopen(request) as response:
        return response.read()


def execute(code, **fields):
    """Runs code and returns its result."""
    body = {"user_id": USER, "code": code, **fields}
    return json.loads(call("POST", "/executions", json.dumps(body).encode()))


def upload(name, content):
    """Stores a file and returns its id."""
    boundary = os.urandom(16).hex()
    name = name.replace("%", "%25").replace('"', "%22")
    head = f'--{boundary}\r\ncontent-disposition: form-data; name="file"; filename="{name}"\r\n\r\n'
    body = head.encode() + content + f"\r\n--{boundary}--\r\n".encode()
    answer = call("POST", f"/files?user_id={USER}", body, f"multipart/form-data; boundary={boundary}")
    return json.loads(answer)["files"][0]["file_id"]


table = upload("sales.csv", b"month,sold\nMay,3\nJune,4\n")
result = execute(f"table = load_file('{table}')\nprint(table['sold'].sum())\ntable.to_json('sales.json')")
print(result["outcome"], result["output"], end="")
for file in result["generated_files"]:
    content = call("GET", f"/files/{urllib.parse.quote(file['file_id'])}/content?user_id={USER}")
    print(file["filename"], len(content) == file["size"])

# Failing code is a result, a request that is wrong is an error.
print(execute("undefined")["exception"]["message"])
try:
    execute("1", language="cobol")
except urllib.error.HTTPError as error:
    print(error.code, list(json.load(error)["errors"]))
