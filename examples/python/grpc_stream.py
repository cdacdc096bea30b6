"""Streams the output of code, and sends it input, over gRPC. Needs grpcio and grpcio-tools."""

import os
import pathlib
import queue
import sys

import grpc

# The contract is compiled when this program starts; a larger one would generate its modules once.
sys.path.insert(0, str(pathlib.Path(__file__).parents[2] / "protos"))
messages, services = grpc.protos_and_services("codeinterpreter/execution/v1/execution.proto")

address = os.environ.get("CODE_INTERPRETER_GRPC", "http://127.0.0.1:8081").split("//")[-1]
key = os.environ.get("CODE_INTERPRETER_KEY")
metadata = [("authorization", f"Bearer {key}")] if key else []

with grpc.insecure_channel(address, [("grpc.max_receive_message_length", 16 << 20)]) as channel:
    executions = services.ExecutionServiceStub(channel)

    # Output as it is printed.
    request = messages.ExecuteRequest(user_id="example", code="for i in range(3): print(i, flush=True)")
    for event in executions.ExecuteStream(request, metadata=metadata):
        if event.WhichOneof("event") == "stdout":
            print(event.stdout, end="")
        elif event.WhichOneof("event") == "finished":
            print(messages.Outcome.Name(event.finished.outcome))

    # Input while it runs: what is put into the queue is sent, and None ends it.
    pending = queue.SimpleQueue()
    code = "while True: print(int(input()) ** 2, flush=True)"
    pending.put(messages.InteractiveRequest(start=messages.ExecuteRequest(user_id="example", code=code)))
    pending.put(messages.InteractiveRequest(input="7\n"))
    for event in executions.ExecuteInteractive(iter(pending.get, None), metadata=metadata):
        if event.WhichOneof("event") == "stdout":
            print(event.stdout, end="")
            pending.put(messages.InteractiveRequest(input="12\n") if event.stdout == "49\n" else None)

    # What is wrong with a request.
    try:
        executions.Execute(messages.ExecuteRequest(user_id="example", code="1", language="cobol"), metadata=metadata)
    except grpc.RpcError as error:
        print(error.code().name)
