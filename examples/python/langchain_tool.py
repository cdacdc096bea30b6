"""A Python tool for LangChain and LangGraph agents: pass run_python to the agent as one of its tools. Needs langchain-core."""

import json
import os
import urllib.error
import urllib.request

from langchain_core.tools import ToolException, tool

URL = os.environ.get("CODE_INTERPRETER_URL", "http://127.0.0.1:8080") + "/v1/executions"


@tool(response_format="content_and_artifact")
def run_python(code: str) -> tuple[str, dict]:
    """Runs a whole Python program in a fresh sandbox without network. Returns what it prints, and the ids of the files that it writes;
    load one in a later call with load_file('<file id>')."""
    headers = {"content-type": "application/json"}
    if key := os.environ.get("CODE_INTERPRETER_KEY"):
        headers["authorization"] = f"Bearer {key}"
    body = json.dumps({"user_id": "example", "code": code, "echo": True}).encode()
    try:
        with urllib.request.urlopen(urllib.request.Request(URL, body, headers)) as response:
            result = json.load(response)
    except urllib.error.HTTPError as error:
        raise ToolException(error.read().decode()) from error
    files = [f"{file['filename']}: {file['file_id']}" for file in result["generated_files"]]
    text = "\n".join(filter(None, [result["output"], result["error"], result["message"], *files]))
    return text or "The code printed nothing.", result


if __name__ == "__main__":
    call = {"type": "tool_call", "id": "1", "name": "run_python", "args": {"code": "open('a.txt', 'w').write('hello')\n6 * 7"}}
    message = run_python.invoke(call)
    print(message.content)
    print(message.artifact["outcome"])
