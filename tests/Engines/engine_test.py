"""
Runs the hostile programs and the end-to-end tests on the second engine, once with each OCI runtime that is named. It leaves out the tests
with servers of their own, as this engine has no network, and those of the libraries in the image.
"""

import os
import subprocess
import sys

from second_engine import SecondEngine, say

SUITES = {
    "Hostile": [],
    "EndToEnd": ["-namespace-", "CodeInterpreter.EndToEnd.Tests.Cluster", "-namespace-", "CodeInterpreter.EndToEnd.Tests.FieldCases"],
}


def main() -> int:
    image = os.environ.get("SANDBOX_IMAGE", "code-interpreter/sandbox:dev")
    failed = 0
    with SecondEngine(".state/engine-test") as engine:
        engine.load_image(image)
        for runtime in sys.argv[1:]:
            say(f"hostile programs and end-to-end tests with {runtime} on engine {engine.version()}")
            settings = {"SANDBOX_IMAGE": image, "Sandbox__Image": image, "Sandbox__OciRuntime": runtime}
            for suite, arguments in SUITES.items():
                program = f"tests/{suite}.Tests/bin/Release/net10.0/CodeInterpreter.{suite}.Tests"
                failed |= subprocess.run([program, *arguments], env=os.environ | settings).returncode != 0
    return failed


sys.exit(main())
