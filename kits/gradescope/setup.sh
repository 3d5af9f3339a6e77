#!/usr/bin/env bash
# Gradescope runs this once, when the autograder is uploaded: installs what the course needs and builds its judges, so
# that no student waits for them. HANDBUILT_AUTOGRADER stands for /autograder where that is elsewhere.
set -euo pipefail
autograder=${HANDBUILT_AUTOGRADER:-/autograder}
# shellcheck source=/dev/null disable=SC2154
source "$autograder/source/kit.conf" # options, seconds

chmod +x "$autograder/source/run_autograder" "$autograder/source/handbuilt/course"
cd "$autograder/source/handbuilt"

# An empty submission has everything built that a full one needs; its grade is of no interest.
empty=$(mktemp -d)
code=0
./course grade "$empty" --format json --out "$empty/grade.json" "${options[@]}" || code=$?
rm -r "$empty"
if ((code > 1)); then
  echo "setup.sh: the course could not build its judges (see above)" >&2
  exit "$code"
fi
