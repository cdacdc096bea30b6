"""Bash, JavaScript and TypeScript have what Python has: streams, arguments, files, limits, and no more rights."""

import unittest
from typing import Any

from tests.container.sandbox import Result, Sandbox, execute

_OTHERS = ("bash", "javascript", "typescript")


def run(language: str, code: str, options: dict[str, Any] | None = None, **more: Any) -> Result:
    return execute(code, options={"language": language, **(options or {})}, **more)


class LanguageTest(unittest.TestCase):
    def test_streams_arguments_environment_and_files(self) -> None:
        node = ("const fs = require('fs'); const text = fs.readFileSync(0, 'utf8').trim();\n"
                "console.log(text, ...process.argv.slice(2), process.env.GREETING, process.cwd(), fs.readFileSync('in.txt', 'utf8'));\n"
                "console.error('bad'); fs.writeFileSync('out.txt', 'made'); process.exit(3)")
        for language, code in (("bash", 'read text; echo "$text" "$@" "$GREETING" "$PWD" "$(cat in.txt)"; echo bad >&2; printf made > '
                                'out.txt; exit 3'),
                               ("javascript", node), ("typescript", node.replace("text =", "text: string ="))):
            for prepared in (False, True):
                with self.subTest(language, prepared=prepared):
                    result = run(language, code, {"environment": {"GREETING": "hello"}}, args=("a", "b c"), stdin=b"typed\n",
                                 files=(("in.txt", "id", b"input"),), prepared=prepared)
                    self.assertEqual((result.stdout, result.stderr), ("typed a b c hello /mnt/data input\n", "bad\n"))
                    self.assertEqual((result.files, result.exit["exit_code"], result.exit.get("exception")),
                                     ({"out.txt": b"made"}, 3, None))

    def test_streams_can_be_merged_and_typed_into(self) -> None:
        result = run("bash", "echo 1; echo 2 >&2; echo 3", {"merge_output": True})
        self.assertEqual((result.stdout, result.stderr), ("1\n2\n3\n", ""))
        for language, code in (("bash", 'echo "name?"; read name; echo "hello $name"'),
                               ("javascript", "process.stdout.write('name?\\n'); process.stdin.once('data', d => { console.log('hello ' + "
                                "d.toString().trim()); process.exit(); })")):
            with self.subTest(language), Sandbox() as sandbox:
                sandbox.send_request(code, options={"language": language, "interactive": True})
                sandbox.read_output_until(b"name?")
                sandbox.write("i", b"Ada\n")
                self.assertIn("hello Ada\n", sandbox.finish().stdout)

    def test_the_interpreter_has_no_more_rights_than_python(self) -> None:
        # Node raises its soft limit of open files to the hard one.
        look = ("grep -E '^(Uid|Gid|Groups|CapEff|CapPrm|CapBnd|NoNewPrivs|Seccomp|SigBlk):' /proc/self/status; ls /proc/self/fd; "
                "cat /proc/self/oom_score_adj; ulimit -Hn; ulimit -c")
        options = "{shell: '/bin/bash', stdio: ['ignore', 'pipe', 'inherit']}"
        node = f"console.log(require('child_process').execSync({look!r}, {options}).toString().trim())"
        expected = execute(f"import subprocess\nsubprocess.run({look!r}, shell=True, executable='/bin/bash')").stdout
        self.assertIn("CapEff:\t0000000000000000", expected)
        self.assertEqual([run("bash", look).stdout, run("javascript", node).stdout], [expected, expected])

    def test_limits_stop_code_of_every_language(self) -> None:
        cases = (
            ("bash", "trap '' TERM INT; while :; do :; done", {"wall_time_seconds": 1}, "wall_time"),
            ("javascript", "process.on('SIGTERM', () => 0); for (;;);", {"wall_time_seconds": 1}, "wall_time"),
            ("bash", "while :; do :; done", {"cpu_seconds": 0.5}, "cpu_time"),
            ("bash", "while :; do echo xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx; done", {"output_kill_bytes": 100_000}, "output"),
            ("javascript", "for (;;) require('fs').writeSync(1, 'x'.repeat(9999))", {"output_kill_bytes": 100_000}, "output"),
            ("bash", "x=x; while :; do x=$x$x; done", {"memory": "128m"}, "memory"),
            ("javascript", "const a = []; for (;;) a.push(new Array(1e5).fill(1.5))", {"memory": "200m"}, "memory"),
            ("typescript", "const a: Buffer[] = []; for (;;) a.push(Buffer.alloc(1e7, 1))", {"memory": "200m"}, "memory"))
        for language, code, limits, reason in cases:
            with self.subTest(language, reason=reason):
                result = run(language, code, **limits)
                self.assertEqual((result.exit["killed_by"], result.files), (reason, {}))

    def test_errors_are_told_as_the_interpreter_tells_them(self) -> None:
        result = run("bash", "echo 1\nnope\nexit 4")
        self.assertEqual((result.stderr, result.exit["exit_code"]), ("main.sh: line 2: nope: command not found\n", 4))
        result = run("javascript", "\nthrow new TypeError('boom')")
        self.assertEqual((result.stderr[:20], result.exit["exit_code"]), ("/mnt/data/main.js:2\n", 1))
        self.assertIn("TypeError: boom", result.stderr)
        result = run("typescript", "interface A { x: number }\n\nthrow new Error('boom' as string)")
        self.assertIn("/mnt/data/main.ts:3:7", result.stderr)
        result = run("typescript", "const x: = 3")
        self.assertEqual(result.exit["exit_code"], 1)
        self.assertIn("/mnt/data/main.ts:1:9", result.stderr)

    def test_modules_of_both_kinds_and_top_level_await(self) -> None:
        inputs = (("h.mjs", "1", b"export const y = 5"), ("c.js", "2", b"exports.z = 6"), ("t.ts", "3", b"export enum T { A = 7 }"))
        self.assertEqual(run("javascript", "import { y } from './h.mjs'\nconsole.log(await Promise.resolve(y), import.meta.dirname)",
                             files=inputs).stdout, "5 /mnt/data\n")
        self.assertEqual(run("javascript", "console.log(require('./c').z, __dirname)", files=inputs).stdout, "6 /mnt/data\n")
        result = run("typescript", "import { T } from './t'\nimport { y } from './h.mjs'\n"
                     "const n: number = await Promise.resolve(T.A + y)\nconsole.log(n)", files=inputs)
        self.assertEqual((result.stdout, result.stderr, result.files), ("12\n", "", {}))

    def test_the_source_does_not_come_back_unless_it_was_changed(self) -> None:
        name = {"bash": "main.sh", "javascript": "main.js", "typescript": "main.ts"}
        for language in _OTHERS:
            append = f"require('fs').appendFileSync('{name[language]}', '//')"
            changed = ": $BASH_SOURCE; echo : >> main.sh" if language == "bash" else append
            with self.subTest(language):
                self.assertEqual(run(language, "").files, {})
                self.assertEqual(list(run(language, changed).files), [name[language]])
                self.assertEqual(run(language, "", files=((name[language], "id", b"an input"),)).files, {})

    def test_bash_finds_itself_and_pasted_code_runs(self) -> None:
        self.assertEqual(run("bash", "\ufeffset -eu\r\ncd /tmp\r\ncd \"$(dirname \"${BASH_SOURCE[0]}\")\"; pwd\r\nls\r\n").stdout, "/tmp\n")
        self.assertEqual(run("bash", "here=$(cd \"$(dirname \"${BASH_SOURCE[0]}\")\" && pwd); echo $here; ls").stdout,
                         "/mnt/data\nmain.sh\n")
        self.assertEqual(run("bash", "ls; basename $0; echo " + "x" * 300_000 + " | wc -c").stdout, "main.sh\n300001\n")

    def test_pipes_end_as_they_do_elsewhere(self) -> None:
        self.assertEqual(run("bash", "yes | head -1; echo ${PIPESTATUS[0]}").stdout, "y\n141\n")

    def test_package_managers_say_that_there_is_no_network(self) -> None:
        for command in ("npm install lodash", "npx tsc", "yarn add lodash"):
            result = run("bash", command)
            self.assertEqual((result.exit["exit_code"], result.stdout), (1, ""))
            self.assertIn("this sandbox has no network", result.stderr)

    def test_an_exception_cannot_be_made_up_by_other_languages(self) -> None:
        note = '{"type": "X", "message": "made up", "frames": [], "truncated": false}'
        self.assertIsNone(run("bash", f"echo '{note}' > ~/.exception.json; exit 1").exit.get("exception"))

    def test_a_language_that_is_not_there_is_a_failure_that_says_so(self) -> None:
        with Sandbox() as sandbox:
            sandbox.expect("R")
            sandbox.send_item("code", b"1")
            sandbox.send_execute(options={"language": "cobol"})
            self.assertIn("python, bash, javascript, typescript", sandbox.expect("!")["message"])
