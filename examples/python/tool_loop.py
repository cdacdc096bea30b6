"""Lets a language model answer a question with Python: the tool loop of the OpenAI chat API, with the standard library alone."""

import json
import os
import sys
import urllib.request

API = os.environ.get("CODE_INTERPRETER_URL", "http://127.0.0.1:8080") + "/v1"
MODEL_API = os.environ.get("OPENAI_BASE_URL", "https://api.openai.com/v1")
QUESTION = " ".join(sys.argv[1:]) or "What is the 30th Fibonacci number? Use the tool."


def fetch(url, key=None, body=None):
    """Gets, or posts JSON; returns the body of the response."""
    headers = {"content-type": "application/json"}
    if key:
        headers["authorization"] = f"Bearer {key}"
    data = None if body is None else json.dumps(body).encode()
    with urllib.request.urlopen(urllib.request.Request(url, data, headers)) as response:
        return response.read().decode()


def run_python(code):
    """Returns what the model gets of an execution."""
    key = os.environ.get("CODE_INTERPRETER_KEY")
    result = json.loads(fetch(f"{API}/executions", key, {"user_id": "example", "code": code, "echo": True}))
    files = [f"{file['filename']}: {file['file_id']}" for file in result["generated_files"]]
    return "\n".join(filter(None, [result["output"], result["error"], result["message"], *files])) or "no output"


# The prompt names the libraries, so that the model does not guess.
prompt = fetch(f"{API}/environment?format=text", os.environ.get("CODE_INTERPRETER_KEY"))
parameters = {"type": "object", "properties": {"code": {"type": "string"}}, "required": ["code"]}
description = "Runs Python in a fresh sandbox and returns what it prints. Load a file of an earlier call with load_file('<file id>')."
tool = {"type": "function", "function": {"name": "run_python", "description": description, "parameters": parameters}}
messages = [{"role": "system", "content": prompt}, {"role": "user", "content": QUESTION}]

for _ in range(8):
    body = {"model": os.environ.get("OPENAI_MODEL", "gpt-4.1-mini"), "messages": messages, "tools": [tool]}
    answer = json.loads(fetch(f"{MODEL_API}/chat/completions", os.environ.get("OPENAI_API_KEY"), body))
    message = answer["choices"][0]["message"]
    messages.append(message)
    if not message.get("tool_calls"):
        print(message["content"])
        break
    for call in message["tool_calls"]:
        code = json.loads(call["function"]["arguments"])["code"]
        print(f"[{code}]")
        messages.append({"role": "tool", "tool_call_id": call["id"], "content": run_python(code)})
else:
    sys.exit("The model did not come to an end.")
