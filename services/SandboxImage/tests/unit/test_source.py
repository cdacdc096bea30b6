import unittest

from supervisor.source import normalise


class NormaliseTest(unittest.TestCase):
    def check(self, code: str, expected: str) -> None:
        self.assertEqual(normalise(code.encode()).decode(), expected)

    def test_plain_code_is_untouched(self) -> None:
        code = "if x:\n    pass\n\n\tprint('é')\n"
        self.check(code, code)

    def test_byte_order_mark_is_dropped(self) -> None:
        self.check("\ufeffprint(1)", "print(1)")

    def test_line_ends_become_newlines(self) -> None:
        self.check("a = 1\r\nb = 2\rc = 3\n", "a = 1\nb = 2\nc = 3\n")

    def test_common_indent_is_removed(self) -> None:
        self.check("\n    x = 1\n    if x:\n        print(x)\n", "\nx = 1\nif x:\n    print(x)\n")

    def test_lines_without_the_indent_stay(self) -> None:
        self.check("    text = '''\nflush left\n    '''\n", "text = '''\nflush left\n'''\n")

    def test_comments_and_blank_lines_do_not_decide(self) -> None:
        self.check("# note\n   \n\tx = 1\n", "# note\n   \nx = 1\n")

    def test_tabs_and_spaces_are_not_mixed_up(self) -> None:
        self.check("\tx = 1\n    y = 2\n", "x = 1\n    y = 2\n")

    def test_nothing_stays_nothing(self) -> None:
        self.check("", "")
        self.check("  # only a comment", "  # only a comment")

    def test_bytes_that_are_not_text_are_left_to_the_interpreter(self) -> None:
        self.assertEqual(normalise(b"x = '\xff'"), b"x = '\xff'")

    def test_a_coding_comment_says_what_is_true_here(self) -> None:
        self.check("# coding: latin-1\nprint('é')\n", "# coding: utf-8\nprint('é')\n")
        self.check("#!/usr/bin/python3\n# -*- coding: cp1252 -*-\nx = 'é'", "#!/usr/bin/python3\n# -*- coding: utf-8 -*-\nx = 'é'")
        self.check("\ufeff# vim: set fileencoding=utf-16 :", "# vim: set fileencoding=utf-8 :")
        self.check("  # coding=no-such-thing\n  x = 1", "# coding=utf-8\nx = 1")
        self.check("# coding: ascii\n# coding: latin-1\n", "# coding: utf-8\n# coding: latin-1\n")

    def test_what_only_looks_like_a_coding_comment_is_untouched(self) -> None:
        for code in ("x = '# coding: latin-1'\n", "x = 1\n# coding: latin-1\n", "\n\n# coding: latin-1\n", "# encoding of the file\n",
                     "coding = 1"):
            self.check(code, code)
