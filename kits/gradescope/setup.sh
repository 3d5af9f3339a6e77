#!/usr/bin/env bash
# Gradescope runs this once, when the autograder is uploaded: installs what the course needs and builds its judges, so
# that no student waits for them. HANDBUILT_AUTOGRADER stands for /autograder where that is elsewhere.
set -euo pipefail
autograder=${HANDBUILT_AUTOGRADER:-/autograder}
# shellcheck source=/dev/null disable=SC2154
source "$autograder/source/kit.conf" # options, seconds

chmod +x "$autograder/source/run_autograder" "$autograder/source/handbuilt/course"
cd "$autograder/source/handbuilt"

# Checking an empty submission builds the judges; it passes nothing.
empty=$(mktemp -d)
for lesson in "${lessons[@]}"; do
  code=0
  ./course check "$lesson" --submission "$empty" >/dev/null || code=$?
  ((code == 1)) || exit 2
done

# Tests, and what is built of them, are nothing for a student's code, whose user is neither the owner nor of the group.
find "$autograder/source" \( -path '*/source/hidden' -o -path '*/source/handbuilt/tests' \
  -o -path '*/source/handbuilt/lessons' -o -path '*/source/handbuilt/build/default/bin/judge_*' \) -prune -exec chmod o= {} +

# A grading like those to come: it builds the hidden tests and tries the sandbox.
code=0
./course grade "$empty" --format json --out "$empty/grade.json" "${options[@]}" || code=$?
rm -r "$empty"
if ((code > 1)); then
  echo "setup.sh: the course cannot grade here (see above)" >&2
  exit "$code"
fi
