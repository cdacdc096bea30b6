"""A client of the sandbox protocol: starts a hardened container and speaks frames through `docker run -i`."""

import hashlib
import io
import json
import os
import struct
import subprocess
import threading
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

IMAGE = os.environ.get("SANDBOX_IMAGE", "code-interpreter/sandbox:dev")
# Whether all sandboxes get the time that they have in stock: then their tests take twice as long.
PREPARED = os.environ.get("SANDBOX_PREPARED") == "1"
LABEL = "code-interpreter.role=sandbox-test"
SECCOMP = Path(__file__).parents[2] / "seccomp.json"
# Seconds; more where a machine is emulated.
PATIENCE = int(os.environ.get("SANDBOX_PATIENCE", "60"))

# How many times slower than usual the machine is: an emulated one is.
SLOWNESS = int(os.environ.get("SANDBOX_SLOWNESS", "1"))
# As a runner gives it: none of the image's.
UID = 1_900_000_001
LIMITS = {
    "wall_time_seconds": 20 * SLOWNESS, "output_bytes": 1 << 20, "output_kill_bytes": 16 << 20, "file_bytes": 50 << 20, "files": 100,
    "total_file_bytes": 200 << 20, "skipped_files": 50,
}


def hardened_arguments(memory: str = "1g", pids: int = 256, uid: int = UID) -> list[str]:
    mount = "rw,noexec,nosuid,nodev"
    return [
        "--network", "none", "--read-only", "--cap-drop", "ALL", "--cap-add", "SETUID", "--cap-add", "SETGID", "--cap-add", "KILL",
        "--security-opt", "no-new-privileges", "--security-opt", f"seccomp={SECCOMP}",
        "--memory", memory, "--memory-swap", memory, "--pids-limit", str(pids),
        "--tmpfs", f"/mnt/data:{mount},size=512m,nr_inodes=16384,uid={uid},gid={uid},mode=0755",
        "--tmpfs", f"/tmp:{mount},size=256m,nr_inodes=16384,mode=1777",
        "--tmpfs", f"/home/sandbox:{mount},size=64m,nr_inodes=16384,uid={uid},gid={uid},mode=0755",
        "--tmpfs", f"/dev/shm:{mount},size=64m,nr_inodes=16384,mode=1777",
        "--tmpfs", f"/run/sandbox:{mount},size=64k,nr_inodes=16,mode=0755",
        "--ulimit", "core=1:1", "--log-driver", "none", "--label", LABEL,
    ]


@dataclass
class Result:
    """Everything one execution said."""

    exit: dict[str, Any] = field(default_factory=dict)
    files: dict[str, bytes] = field(default_factory=dict)
    modified_from: dict[str, str | None] = field(default_factory=dict)
    skipped: dict[str, str] = field(default_factory=dict)
    sizes: dict[str, int] = field(default_factory=dict)
    done: dict[str, int] = field(default_factory=dict)
    stdout_bytes: bytes = b""
    stderr_bytes: bytes = b""
    output_frames: int = 0
    order: str = ""

    @property
    def stdout(self) -> str:
        return self.stdout_bytes.decode(errors="surrogateescape")

    @property
    def stderr(self) -> str:
        return self.stderr_bytes.decode(errors="surrogateescape")


class Sandbox:
    """One container. Use it in a `with`: at its end the container is gone, whatever happened."""

    def __init__(self, profile: str = "bare", memory: str = "1g", pids: int = 256, extra: tuple[str, ...] = (),
                 uid: int = UID) -> None:
        self.profile = profile
        self.name = f"sandbox-test-{uuid.uuid4().hex[:12]}"
        command = ["docker", "run", "--rm", "-i", "--name", self.name, *hardened_arguments(memory, pids, uid), *extra, IMAGE, profile,
                   str(uid)]
        self.process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        self._channel: Any = self.process.stdin
        self._diagnostics: list[bytes] = []
        self._collector = threading.Thread(target=lambda: self._diagnostics.append(self.process.stderr.read()), daemon=True)
        self._collector.start()
        self._watchdog = threading.Timer(PATIENCE, self.process.kill)
        self._watchdog.start()

    def __enter__(self) -> "Sandbox":
        return self

    def __exit__(self, *_: object) -> None:
        self._watchdog.cancel()
        subprocess.run(["docker", "rm", "--force", self.name], capture_output=True, check=False)
        self.process.kill()
        self.process.wait()
        self._collector.join()
        for stream in (self.process.stdin, self.process.stdout, self.process.stderr):
            try:
                stream.close()
            except BrokenPipeError:
                pass

    def diagnostics(self) -> str:
        self._collector.join(5)
        return b"".join(self._diagnostics).decode(errors="replace")

    def write(self, kind: str, payload: bytes) -> None:
        self._channel.write(struct.pack(">cI", kind.encode(), len(payload)) + payload)
        self._channel.flush()

    def write_json(self, kind: str, value: Any) -> None:
        self.write(kind, json.dumps(value).encode())

    def read(self) -> tuple[str, bytes]:
        header = self.process.stdout.read(5)
        if len(header) < 5:
            raise EOFError(f"the sandbox said nothing more; its diagnostics: {self.diagnostics()}")
        kind, length = struct.unpack(">cI", header)
        if length > 1 << 20:
            raise ValueError("a frame is too long")
        return kind.decode(), self.process.stdout.read(length)

    def expect(self, kind: str) -> dict[str, Any]:
        got, payload = self.read()
        if got != kind:
            raise AssertionError(f"frame {got!r} instead of {kind!r}: {payload[:500]!r}")
        return json.loads(payload)

    def send_item(self, kind: str, data: bytes, **more: str) -> None:
        self.write_json("I", {"kind": kind, "size": len(data), **more})
        for start in range(0, len(data), 65536):
            self.write("D", data[start:start + 65536])

    def send_request(self, code: str | bytes, stdin: bytes | None = None, files: tuple[tuple[str, str, bytes], ...] = (),
                     args: tuple[str, ...] = (), options: dict[str, Any] | None = None, prepared: bool = PREPARED, **limits: float) -> None:
        """Waits for ready, or until it is prepared as all but lean ones are, sends everything, and returns when the code has started."""
        self.expect("R")
        if prepared and self.profile != "lean":
            self.wait_until_it_is_prepared()
        self.send_item("code", code if isinstance(code, bytes) else code.encode())
        if stdin is not None:
            self.send_item("stdin", stdin)
        for path, file_id, data in files:
            self.send_item("file", data, path=path, file_id=file_id)
        self.send_execute(args, options, **limits)
        self.expect("S")

    def send_execute(self, args: tuple[str, ...] = (), options: dict[str, Any] | None = None, **limits: float) -> None:
        self.write_json("X", {"args": list(args), "limits": {**LIMITS, **limits}, **(options or {})})

    @contextmanager
    def together(self) -> Iterator[None]:
        """Sends what is written meanwhile in one go."""
        channel, self._channel = self._channel, io.BytesIO()
        try:
            yield
            channel.write(self._channel.getvalue())
            channel.flush()
        finally:
            self._channel = channel

    def write_in_background(self, kind: str, payload: bytes, count: int) -> threading.Thread:
        """Writes the frame so many times, as the sandbox takes it or until it is gone."""
        def pump() -> None:
            try:
                for _ in range(count):
                    self.write(kind, payload)
            except (OSError, ValueError):
                pass
        thread = threading.Thread(target=pump, daemon=True)
        thread.start()
        return thread

    def read_output_until(self, text: bytes) -> bytes:
        """Reads stdout frames until the text has come."""
        seen = b""
        while text not in seen:
            kind, payload = self.read()
            if kind != "O":
                raise AssertionError(f"frame {kind!r} before the text: {payload[:500]!r}")
            seen += payload
        return seen

    def wait_until_only_the_supervisor_is_left(self) -> None:
        """Asks the engine until the container has one process."""
        while len(self._processes()) > 1:
            pass

    def wait_until_it_is_prepared(self) -> None:
        """Asks the engine until the process is there that the code will run in."""
        while "waiting" not in self.process_names():
            pass

    def kill_all_but_the_supervisor(self) -> None:
        """As the kernel does it when memory is short."""
        supervisor = self._ask_the_engine("inspect", "--format", "{{.State.Pid}}", self.name)
        for pid in set(self._processes()) - set(supervisor):
            subprocess.run(["kill", "-9", pid], check=True)
        self.wait_until_only_the_supervisor_is_left()

    def process_names(self) -> list[str]:
        """As an operator sees them."""
        return self._ask_the_engine("top", self.name, "-o", "pid,comm")[3::2]

    def _processes(self) -> list[str]:
        return self._ask_the_engine("top", self.name, "-o", "pid")[1:]

    def _ask_the_engine(self, *arguments: str) -> list[str]:
        if self.process.poll() is not None:
            raise EOFError(f"the sandbox is gone; its diagnostics: {self.diagnostics()}")
        return subprocess.run(["docker", *arguments], capture_output=True, text=True, check=True).stdout.split()

    def finish(self) -> Result:
        """Reads to the end and checks the order and the sums of the frames."""
        result, current, data = Result(), None, bytearray()
        while True:
            kind, payload = self.read()
            if not result.order.endswith(kind):
                result.order += kind
            result.output_frames += kind in ("O", "E")
            if kind == "O":
                result.stdout_bytes += payload
            elif kind == "E":
                result.stderr_bytes += payload
            elif kind == "X":
                result.exit = json.loads(payload)
            elif kind == "F":
                current, data = json.loads(payload), bytearray()
            elif kind == "D":
                data += payload
            elif kind == "H":
                _end_file(result, current, bytes(data), json.loads(payload))
            elif kind == "N":
                entry = json.loads(payload)
                result.skipped[entry["path"]], result.sizes[entry["path"]] = entry["reason"], entry["size"]
            elif kind == "Z":
                result.done = json.loads(payload)
                return result
            else:
                raise AssertionError(f"frame {kind!r}: {payload[:500]!r}")

    def execute(self, code: str | bytes, **request: Any) -> Result:
        self.send_request(code, **request)
        return self.finish()


def _end_file(result: Result, announced: dict[str, Any], data: bytes, end: dict[str, str]) -> None:
    if "error" in end:
        result.skipped[announced["path"]] = end["error"]
        return
    if len(data) != announced["size"] or hashlib.sha256(data).hexdigest() != end["sha256"]:
        raise AssertionError(f"{announced['path']} is not what was announced")
    result.files[announced["path"]] = data
    result.modified_from[announced["path"]] = announced["modified_from"]


def execute(code: str | bytes, profile: str = "bare", memory: str = "1g", pids: int = 256, **request: Any) -> Result:
    """One execution in a container of its own."""
    with Sandbox(profile, memory, pids) as sandbox:
        return sandbox.execute(code, **request)


def containers_left() -> list[str]:
    listing = subprocess.run(
        ["docker", "ps", "--all", "--quiet", "--filter", f"label={LABEL}"], capture_output=True, text=True, check=True)
    return listing.stdout.split()
