"""
The Docker engine of Debian's testing suite, beside the engine of this machine. It has a root file system, a socket, data and control groups
of its own, and sees this repository where it is. It needs root on Debian. It has no network: an engine without a bridge removes the bridge
of another engine in its network namespace.
"""

import json
import os
import subprocess
import sys
import time
from pathlib import Path

START_SECONDS = 600

# gVisor without its KVM platform, which does not work in every virtual machine. Sandboxes have no network.
CONFIGURATION = {"runtimes": {
    "crun": {"path": "/usr/bin/crun"},
    "runsc": {"path": "/usr/bin/runsc", "runtimeArgs": ["--platform=systrap", "--network=none"]}}}


def say(text: str) -> None:
    print(f"==> {text}", file=sys.stderr, flush=True)


class SecondEngine:
    """A context that starts the engine, makes it the one of the docker command, and stops it at the end."""

    def __init__(self, folder: str, packages: str = "") -> None:
        self.folder = Path(folder).absolute()
        self.root = self.folder / "root"
        self._packages = "docker.io,runc,crun,runsc,ca-certificates" + ("," + packages if packages else "")
        self._first = os.environ["DOCKER_HOST"]

    def __enter__(self) -> "SecondEngine":
        if os.geteuid() != 0 or not Path("/etc/debian_version").exists():
            sys.exit("error: the second engine needs root on Debian.\n  -> or run the tests with DOCKER_HOST at an engine of your own")
        self.folder.mkdir(parents=True, exist_ok=True)
        if not self.root.exists():
            self._unpack()
        log = self.folder / "engine.log"
        with open(log, "w") as output:
            self._process = subprocess.Popen(
                ["unshare", "--mount", "--net", sys.executable, __file__, str(self.folder)],
                stdin=subprocess.DEVNULL, stdout=output, stderr=subprocess.STDOUT)
        os.environ["DOCKER_HOST"] = f"unix://{self.folder}/docker.sock"
        say(f"starting a second Docker engine (log: {log})")
        try:
            self._wait(log)
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *_: object) -> None:
        self._process.terminate()
        self._process.wait()
        os.environ["DOCKER_HOST"] = self._first

    def version(self) -> str:
        return docker("version", "--format", "{{.Server.Version}}")

    def load_image(self, image: str) -> None:
        """Copies an image from the first engine, unless this one has it."""
        wanted = docker("--host", self._first, "image", "inspect", "--format", "{{.Id}}", image)
        if docker("image", "inspect", "--format", "{{.Id}}", image, check=False) == wanted:
            return
        say(f"copying {image}")
        with subprocess.Popen(["docker", "--host", self._first, "save", image], stdout=subprocess.PIPE) as saved:
            subprocess.run(["docker", "load"], stdin=saved.stdout, stdout=subprocess.DEVNULL, check=True)

    def _unpack(self) -> None:
        log, part = self.folder / "unpack.log", self.folder / "root.part"
        say(f"unpacking Debian's Docker engine (log: {log})")
        subprocess.run(["rm", "-rf", part], check=True)
        command = ["mmdebstrap", "--variant=minbase", f"--include={self._packages}",
                   '--aptopt=Acquire::Check-Valid-Until "false"', "forky", str(part)]
        with open(log, "w") as output:
            if subprocess.run(command, stdin=subprocess.DEVNULL, stdout=output, stderr=subprocess.STDOUT).returncode != 0:
                sys.exit(f"error: the engine could not be unpacked.\n  -> the output is in {log}")
        part.rename(self.root)

    def _wait(self, log: Path) -> None:
        begin = time.monotonic()
        while subprocess.run(["docker", "version"], capture_output=True).returncode != 0:
            if time.monotonic() - begin > START_SECONDS or self._process.poll() is not None:
                sys.exit(f"error: the second Docker engine does not respond.\n{log.read_text()[-2000:]}\n  -> its output is in {log}")
            time.sleep(0.5)
        say(f"it is Docker {self.version()}, up after {time.monotonic() - begin:.0f} s")


def docker(*arguments: str, check: bool = True) -> str:
    return subprocess.run(["docker", *arguments], check=check, stdout=subprocess.PIPE, stderr=None if check else subprocess.DEVNULL,
                          text=True).stdout.strip()


def become_engine(folder: str) -> None:
    """
    Becomes the engine, within its mount namespace. A change of the root alone is not enough: loading an image needs a root that is a mount.
    """
    root, repository = f"{folder}/root", os.getcwd()

    def mount(*arguments: str) -> None:
        subprocess.run(["mount", *arguments], check=True)

    mount("--make-rprivate", "/")
    mount("--bind", root, root)
    for place in ("/proc", "/sys", "/dev"):
        mount("--rbind", place, root + place)
    os.makedirs(root + repository, exist_ok=True)
    os.makedirs(f"{root}/old", exist_ok=True)
    mount("--rbind", repository, root + repository)
    os.chdir(root)
    subprocess.run(["pivot_root", ".", "old"], check=True)
    # Python itself is not in this root: what follows starts other programs and imports nothing.
    os.chdir("/")
    subprocess.run(["/usr/bin/umount", "--lazy", "/old"], check=True)
    os.makedirs("/run/engine", exist_ok=True)
    os.makedirs("/var/lib/engine", exist_ok=True)
    with open("/etc/engine.json", "w") as file:
        json.dump(CONFIGURATION, file)
    os.execv("/usr/sbin/dockerd", [
        "dockerd", "--host", f"unix://{folder}/docker.sock", "--data-root", "/var/lib/engine", "--exec-root", "/run/engine",
        "--pidfile", "/run/engine.pid", "--bridge", "none", "--iptables=false", "--ip6tables=false",
        "--cgroup-parent", "/code-interpreter-engine-test", "--config-file", "/etc/engine.json"])


if __name__ == "__main__":
    become_engine(sys.argv[1])
