"""What tests/run.sh counts: every case, every skip with its reason, no failure lost."""

import json
import os
import subprocess
import sys
import tempfile
import unittest

sys.dont_write_bytecode = True
import tally  # noqa: E402


class CTest(unittest.TestCase):
    """Real runs of ctest over a folder with one test."""

    def run_test(self, command, properties="", cases=None):
        with tempfile.TemporaryDirectory() as folder:
            with open(os.path.join(folder, "CTestTestfile.cmake"), "w", encoding="utf-8") as file:
                file.write(f'add_test(it {command})\nset_tests_properties(it PROPERTIES TIMEOUT 20 {properties})\n')
            if cases is not None:
                with open(os.path.join(folder, "it.json"), "w", encoding="utf-8") as file:
                    json.dump({"testsuites": [{"name": "Suite", "testsuite": cases}]}, file)
            junit = os.path.join(folder, "junit.xml")
            subprocess.run(["ctest", "--test-dir", folder, "--output-junit", junit], capture_output=True, check=False)
            return tally.ctest(junit, folder)

    def expect(self, counted, line, failures=(), reasons=()):
        self.assertEqual(counted.line(), line)
        self.assertEqual(counted.failures, list(failures))
        self.assertEqual(counted.reasons, list(reasons))

    def test_a_program_without_a_count_is_one_test(self):
        self.expect(self.run_test('sh "-c" "true"'), "1 passed, 0 failed, 0 skipped")
        self.expect(self.run_test('sh "-c" "false"'), "0 passed, 1 failed, 0 skipped", ["it"])

    def test_a_skipped_program_says_why(self):
        counted = self.run_test('sh "-c" "echo no screen here && exit 77"', "SKIP_RETURN_CODE 77")
        self.expect(counted, "0 passed, 0 failed, 1 skipped", [], ["it: no screen here"])

    def test_a_program_that_is_not_built_has_failed(self):
        self.assertEqual(self.run_test('"/nowhere/program"').line(), "0 passed, 1 failed, 0 skipped")

    def test_a_script_may_count_itself(self):
        counted = self.run_test('sh "-c" "echo 7 passed, 0 failed, 2 skipped"')
        self.assertEqual(counted.line(), "7 passed, 0 failed, 2 skipped")

    def test_a_script_that_fails_without_counting_a_failure_has_failed(self):
        counted = self.run_test('sh "-c" "echo 7 passed, 0 failed && exit 3"')
        self.assertEqual(counted.line(), "7 passed, 1 failed, 0 skipped")

    def test_a_planted_fault_passes_when_it_is_found(self):
        counted = self.run_test('sh "-c" "echo data race && exit 66"', 'PASS_REGULAR_EXPRESSION "data race"')
        self.assertEqual(counted.line(), "1 passed, 0 failed, 0 skipped")
        counted = self.run_test('sh "-c" "echo all quiet"', 'PASS_REGULAR_EXPRESSION "data race"')
        self.assertEqual(counted.line(), "0 passed, 1 failed, 0 skipped")

    def test_google_test_counts_by_cases(self):
        cases = [{"name": "A", "status": "RUN", "result": "COMPLETED"},
                 {"name": "B", "status": "RUN", "result": "COMPLETED", "failures": [{"failure": "no"}]},
                 {"name": "C", "status": "RUN", "result": "SKIPPED", "skipped": [{"message": "c.cc:1\nno server"}]},
                 {"name": "D", "status": "NOTRUN", "result": "SUPPRESSED"}]
        self.expect(self.run_test('sh "-c" "exit 1"', cases=cases), "1 passed, 1 failed, 2 skipped",
                    ["Suite.B"], ["Suite.C: no server", "Suite.D: disabled"])

    def test_a_crash_after_the_cases_is_a_failure(self):
        cases = [{"name": "A", "status": "RUN", "result": "COMPLETED"}]
        counted = self.run_test('sh "-c" "kill -SEGV $$"', cases=cases)
        self.assertEqual(counted.line(), "1 passed, 1 failed, 0 skipped")


class Script(unittest.TestCase):
    def test_unittest_is_understood(self):
        output = "test_a ... ok\ntest_b ... skipped 'no sound card'\n\nRan 5 tests in 1.2s\n\nFAILED (failures=1, errors=1, skipped=1)\n"
        counted = tally.script("it", 1, output)
        self.assertEqual(counted.line(), "2 passed, 2 failed, 1 skipped")
        self.assertEqual(counted.reasons, ["it: no sound card"])
        self.assertEqual(tally.script("it", 0, "Ran 3 tests in 0.1s\n\nOK\n").line(), "3 passed, 0 failed, 0 skipped")


if __name__ == "__main__":
    unittest.main()
