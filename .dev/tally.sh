# shellcheck shell=bash
# Reads what test programs print at their end and adds it up.

passed=0 failed=0 skipped=0

# unittest: reads the output of Python's unittest, any number of runs; prints passed, failed, skipped.
unittest() {
  awk '
    function number(name) {
      if (!match($0, "([(]|, )" name "=[0-9]+")) return 0
      split(substr($0, RSTART, RLENGTH), parts, "=")
      return parts[2]
    }
    /^Ran [0-9]+ tests? in / { ran += $2; closing = 1; next }
    closing && /^(OK|FAILED|NO TESTS RAN)/ {
      failed += number("failures") + number("errors") + number("unexpected successes")
      skipped += number("skipped")
      closing = 0
    }
    END { passed = ran - failed - skipped; print (passed > 0 ? passed : 0), failed + 0, skipped + 0 }'
}

# platform: reads the output of `dotnet test` on Microsoft.Testing.Platform; prints passed, failed, skipped.
# Its `error` counts test programs that broke off, which is a failure, too.
platform() {
  awk '
    /^Test run summary:/ { summary = 1; next }
    summary && /^  (error|failed|succeeded|skipped): [0-9]+$/ { count[$1] += $2 }
    END { print count["succeeded:"] + 0, count["failed:"] + count["error:"] + 0, count["skipped:"] + 0 }'
}

# add STATUS "PASSED FAILED SKIPPED"
add() {
  local counts
  read -r -a counts <<<"$2"
  (($1 == 0 || counts[1] > 0)) || counts[1]=1
  passed=$((passed + counts[0]))
  failed=$((failed + counts[1]))
  skipped=$((skipped + counts[2]))
}
