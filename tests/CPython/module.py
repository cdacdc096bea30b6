"""Runs the tests of one module of CPython's own suite, in this process, and writes how each ended as lines of JSON on standard output.

What the tests print goes nowhere. It runs alike in a sandbox, as a user's program, and in a plain container.
"""

import json
import os
import shutil
import sys
import tempfile
import unittest


class Told(unittest.TestResult):
    """Tells each test when it ends, so that a module that is stopped has told all before."""

    def __init__(self, descriptor):
        super().__init__()
        self._descriptor = descriptor
        self._process = os.getpid()
        self._ends = {}

    def tell(self, how, name, reason=""):
        # Children that tests fork may come here, too.
        if os.getpid() == self._process:
            line = json.dumps([how, name.removeprefix("test."), reason[:200]])
            os.write(self._descriptor, line.encode("ascii") + b"\n")

    def startTest(self, test):
        super().startTest(test)
        self._ends[test.id()] = ("ok", "")

    def stopTest(self, test):
        super().stopTest(test)
        self.tell(self._ends[test.id()][0], test.id(), self._ends.pop(test.id())[1])

    def addError(self, test, err):
        self._end("error", test, err[1])

    def addFailure(self, test, err):
        self._end("failed", test, err[1])

    def addSubTest(self, test, subtest, err):
        if err is not None:
            self._end("failed", test, err[1])

    def addSkip(self, test, reason):
        self._end("skipped", test, reason)

    def addExpectedFailure(self, test, err):
        pass

    def addUnexpectedSuccess(self, test):
        self._end("failed", test, "unexpected success")

    def _end(self, how, test, reason):
        reason = reason if isinstance(reason, str) else f"{type(reason).__name__}: {reason}"
        reason = " ".join(reason.split())
        # The set-up of a class or a module is no test that has begun.
        if test.id() in self._ends:
            self._ends[test.id()] = (how, reason)
        else:
            self.tell(how, test.id(), reason)


def main():
    module = sys.argv[1]
    result = Told(os.dup(1))
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    os.dup2(nowhere, 2)
    folder = tempfile.mkdtemp(dir=os.getcwd())
    os.chdir(folder)
    try:
        from test import support

        # As in a run of the suite without -u: no network, no giant files, no hours.
        support.use_resources = {}
        name = module if module.startswith("test.") else f"test.{module}"
        unittest.defaultTestLoader.loadTestsFromName(name).run(result)
    except unittest.SkipTest as skipped:
        result.tell("skipped", module, str(skipped))
    # What cannot be imported, for whatever reason.
    except Exception as error:
        result.tell("error", module, f"{type(error).__name__}: {error}")
    else:
        result.tell("end", module)
    finally:
        os.chdir("/")
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    main()
