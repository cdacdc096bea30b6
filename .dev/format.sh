#!/usr/bin/env bash
# format.sh [check]: formats the C# code as .editorconfig says and with CSharpier, or only checks it. Checks the scripts, if shellcheck is
# installed.
source "$(dirname "$0")/lib.sh"

dotnet tool restore >.state/format.log 2>&1 || die "CSharpier could not be installed." "its output is in .state/format.log"
if [[ ${1:-} == check ]]; then
  dotnet csharpier check . >.state/format.log 2>&1 ||
    die "the C# code is not formatted: $(grep -c 'Was not formatted' .state/format.log) files." "run make format"
else
  dotnet format style Microservices.sln
  dotnet csharpier format .
fi
! command -v shellcheck >/dev/null || git grep -lE '^(#!.*sh$|# shellcheck shell)' | xargs shellcheck --external-sources
