#!/usr/bin/env python3
"""Brings the runs of `lenet_accuracy` and `torch_accuracy.py` together.

Each of them writes a JSON file with "first_seed" and "test_accuracy_by_seed" (in percent); a figure measured in several
launches is given by several files. Writes the summary beside this script, and the same means among the numbers of
lesson 10, as shares, for its text to quote.

    python3 benchmarks/accuracy/summarise.py --plain out/plain.json --pytorch out/torch.json --best out/best.json \
        --machine "2 cores of ..., Debian 12, g++ 12.2" --date 2026-11-22
"""
import argparse
import json
import math
import os
import pathlib
import statistics

HERE = pathlib.Path(__file__).parent
LESSON = HERE.parent.parent / "lessons/10_convnet/results.json"

# The 97.5 % points of Student's t distribution for 1 ... 19 degrees of freedom.
STUDENT_T = [12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262, 2.228,
             2.201, 2.179, 2.160, 2.145, 2.131, 2.120, 2.110, 2.101, 2.093]


def read_runs(files):
    """{seed: test accuracy in percent} of all files; a seed measured twice is an error."""
    runs = {}
    for file in files:
        content = json.loads(file.read_text())
        for seed, accuracy in enumerate(content["test_accuracy_by_seed"], content["first_seed"]):
            if seed in runs:
                raise SystemExit(f"{file}: seed {seed} was measured in an earlier file already")
            runs[seed] = round(accuracy, 4)
    return dict(sorted(runs.items()))


def summary(values, unit, scale=1.0):
    """Mean and 95 % interval of the mean over seeds."""
    mean = statistics.mean(values)
    half = STUDENT_T[len(values) - 2] * statistics.stdev(values) / math.sqrt(len(values))
    rounded = [round(scale * x, 6) for x in (mean, mean - half, mean + half)]
    return {"value": rounded[0], "low": rounded[1], "high": rounded[2], "n": len(values), "unit": unit}


def write(path, content):
    beside = path.with_suffix(".new")
    beside.write_text(json.dumps(content, indent=2) + "\n")
    os.replace(beside, path)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    for kind in ("plain", "pytorch", "best"):
        parser.add_argument(f"--{kind}", type=pathlib.Path, nargs="+", required=True)
    parser.add_argument("--machine", required=True)
    parser.add_argument("--date", required=True)
    arguments = parser.parse_args()

    runs = {kind: read_runs(getattr(arguments, kind)) for kind in ("plain", "pytorch", "best")}
    shared = [seed for seed in runs["plain"] if seed in runs["pytorch"]]
    values = {
        "accuracy_plain": list(runs["plain"].values()),
        "accuracy_pytorch": list(runs["pytorch"].values()),
        "accuracy_plain_minus_pytorch": [runs["plain"][seed] - runs["pytorch"][seed] for seed in shared],
        "accuracy_best": list(runs["best"].values()),
    }
    provenance = {
        "numbers": sorted(values),
        "commands": [
            "build/default/bin/lenet_accuracy plain",
            "build/default/bin/lenet_accuracy dump --out out/plain",
            "python3 benchmarks/peers/torch_accuracy.py --start out/plain",
            "build/default/bin/lenet_accuracy best",
        ],
        "machine": arguments.machine,
        "date": arguments.date,
    }

    write(HERE / "results.json", {
        "numbers": {name: summary(v, "points" if "minus" in name else "%") for name, v in values.items()},
        "by_seed": {kind: {str(seed): accuracy for seed, accuracy in run.items()} for kind, run in runs.items()},
        "choice_on_validation": json.loads((HERE / "results.json").read_text()).get("choice_on_validation"),
        "provenance": provenance,
    })
    lesson = json.loads(LESSON.read_text())
    lesson["numbers"].update({name: summary(v, "share", 0.01) for name, v in values.items()})
    lesson["numbers"] = dict(sorted(lesson["numbers"].items()))
    others = [p for p in lesson.get("provenance", []) if p["numbers"] != provenance["numbers"]]
    lesson["provenance"] = others + [provenance]
    write(LESSON, lesson)


if __name__ == "__main__":
    main()
