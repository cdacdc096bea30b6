"""What stands for IPython's shell in code that was written for a notebook: `get_ipython()`."""

import os
import re
import subprocess
import sys
import time

from code_interpreter import pictures

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

_ALIASES = ("cat", "cp", "head", "ls", "ll", "mkdir", "mv", "rm", "rmdir", "tail", "wc", "touch")
_INSTALLS = re.compile(r"\s*(?:sudo\s+)?(?:\S*python\S*\s+-m\s+)?(?:uv\s+)?(?:pip3?|conda|mamba|apt|apt-get)\s+(?:-\S+\s+)*install\b")
_SHELLS = {"bash": "bash", "sh": "sh", "script": "bash", "!": "bash", "sx": "bash", "system": "bash"}


class Shell:
    """The part of it that code calls."""

    def run_line_magic(self, magic_name: str, line: str, _stack_depth: int = 1) -> Any:
        line = self._expand(line)
        if magic_name in ("pip", "conda", "mamba"):
            return self.system(f"{magic_name} {line}")
        if magic_name in _ALIASES:
            return self.system(f"{'ls -l' if magic_name == 'll' else magic_name} {line}")
        if act := getattr(self, f"_magic_{magic_name}", None):
            return act(line.strip())
        pictures.say_once(f"%{magic_name} is ignored: this is not a notebook")
        return None

    def run_cell_magic(self, magic_name: str, line: str, cell: str) -> Any:
        if shell := _SHELLS.get(magic_name):
            _flush()
            subprocess.run([shell], input=cell.encode(errors="surrogateescape"), check=False)
        elif magic_name in ("writefile", "file"):
            append, name = line.startswith("-a "), line.removeprefix("-a ").strip().strip("'\"")
            with open(os.path.expanduser(name), "a" if append else "w", encoding="utf-8") as file:
                file.write(cell)
        elif magic_name.lower() in ("html", "svg"):
            pictures.save("display", f".{magic_name.lower()}", cell.encode(errors="surrogatepass"))
        elif magic_name in ("markdown", "latex"):
            print(cell)
        elif magic_name in ("time", "timeit", "capture", "prun", "python", "python3"):
            exec(compile(cell, f"<%%{magic_name}>", "exec"), self.user_ns)
        else:
            pictures.say_once(f"%%{magic_name} and the lines below it are ignored: this is not a notebook")

    def magic(self, arg_s: str) -> Any:
        name, _, line = arg_s.lstrip("%").partition(" ")
        return self.run_line_magic(name, line)

    def system(self, cmd: str) -> None:
        """Runs a command; its output is in order with that of the code."""
        cmd = self._expand(cmd)
        _flush()
        status = subprocess.run(["bash", "-c", cmd], check=False).returncode
        self.user_ns["_exit_code"] = status
        if status and _INSTALLS.match(cmd):
            pictures.say_once("packages cannot be installed while code runs: the operator can add them to the sandbox image")

    def getoutput(self, cmd: str) -> list[str]:
        _flush()
        answer = subprocess.run(["bash", "-c", self._expand(cmd)], stdout=subprocess.PIPE, check=False)
        return answer.stdout.decode(errors="surrogateescape").splitlines()

    @property
    def user_ns(self) -> dict[str, Any]:
        return sys.modules["__main__"].__dict__

    def timed(self) -> _Timed:
        return _Timed()

    def _magic_cd(self, line: str) -> None:
        os.chdir(os.path.expanduser(line.strip("'\"") or "~"))
        print(os.getcwd())

    def _magic_pwd(self, _: str) -> str:
        print(os.getcwd())
        return os.getcwd()

    def _magic_env(self, line: str) -> Any:
        name, separator, value = re.match(r"(\w*)\s*(=|\s|$)\s*(.*)", line, re.DOTALL).groups()
        if not name:
            return dict(os.environ)
        if separator.strip() or value:
            os.environ[name] = value
            return None
        return os.environ.get(name)

    _magic_set_env = _magic_env

    def _magic_run(self, line: str) -> None:
        import runpy
        import shlex
        words = [word for word in shlex.split(line) if word not in ("-i", "-t", "-d", "-n")]
        before, sys.argv = sys.argv, words
        try:
            self.user_ns.update({name: value for name, value in runpy.run_path(words[0], run_name="__main__").items()
                                 if not name.startswith("__")})
        finally:
            sys.argv = before

    def _magic_pylab(self, _: str) -> None:
        exec("from pylab import *", self.user_ns)

    def _expand(self, text: str) -> str:
        """`{expression}` and `$name` where they mean something to the code, as the shell would take them otherwise."""
        names = self.user_ns

        def value(found: re.Match[str]) -> str:
            try:
                return str(eval(found[1], names))
            except Exception:
                return found[0]
        text = re.sub(r"(?<![{$])\{([^{}]+)\}(?!\})", value, text)
        return re.sub(r"\$([A-Za-z_]\w*)", lambda found: str(names[found[1]]) if found[1] in names else found[0], text)


class _Timed:
    def __enter__(self) -> None:
        self.started = time.perf_counter()

    def __exit__(self, *_: object) -> None:
        print(f"Wall time: {time.perf_counter() - self.started:.3g} s")


def _flush() -> None:
    for stream in (sys.stdout, sys.stderr):
        if stream is not None:
            stream.flush()


_shell = Shell()


def get_ipython() -> Shell:
    return _shell
