#!/usr/bin/env python3
"""Writes the small tables of this folder from the npm package `vega-datasets` 3.2.1.

    npm install --prefix /tmp/vega vega-datasets@3.2.1
    python3 datasets/prepare_tables.py /tmp/vega/node_modules/vega-datasets

The script checks that these are the files it was written for, names the columns in one way (small letters, units), and
writes NAME/NAME.csv and NAME/SHA256SUMS for each. Rows keep their order and values their digits; what else is done to a
table is said in its function here and in its README. The same input gives the same bytes.
"""

import argparse
import csv
import hashlib
import io
import json
import pathlib
import sys

SHA256_OF_SOURCES = {
    "anscombe.json": "8d7e41be7499509836485a0a2104a07b1d85ed96e4ef9eb32c437128c429040b",
    "barley.json": "800faf5a0524e2145822a72af7821e153b80ad3433631f4bd30100b24c9fa2bc",
    "cars.json": "f686a53678b21f4231e2f6a5ba7ce5761d9d39204fccdea1caa29fb8c460e319",
    "global-temp.csv": "5933dcb6d5e7fc5c0c241b956b802de2b02da12d0914d06031030579a0f1443b",
    "penguins.json": "0facf769609f1205b82cbceb8238c36af3e6147a0ca0e163902cc6281ce3e917",
    "seattle-weather.csv": "0845078a290b48e3149ab8639966824110a251db4e06fc144c06ebb534af23be",
}


class Literal(float):
    """A number of a JSON file that prints as it stood there."""

    def __new__(cls, text):
        number = super().__new__(cls, text)
        number.text = text
        return number

    def __str__(self):
        return self.text


def read_source(package, name):
    """The rows of one of the package's files: a list of dictionaries, by its own column names."""
    path = package / "data" / name
    content = path.read_bytes()
    if hashlib.sha256(content).hexdigest() != SHA256_OF_SOURCES[name]:
        sys.exit(f"{path}: not the file of vega-datasets 3.2.1: its sha256 differs")
    if path.suffix == ".csv":
        return list(csv.DictReader(io.StringIO(content.decode("utf-8"))))
    return json.loads(content, parse_float=Literal, parse_int=Literal)


def renamed(rows, names):
    """The rows with the columns `names` (old: new) in that order."""
    return [{new: row[old] for old, new in names.items()} for row in rows]


def anscombe(package):
    return renamed(read_source(package, "anscombe.json"), {"Series": "series", "X": "x", "Y": "y"})


def barley(package):
    names = {"variety": "variety", "site": "site", "year": "year", "yield": "yield_bushels_per_acre"}
    return renamed(read_source(package, "barley.json"), names)


def cars(package):
    """The model year, which the package gives as the first of January, becomes a number."""
    names = {
        "Name": "name",
        "Miles_per_Gallon": "miles_per_gallon",
        "Cylinders": "cylinders",
        "Displacement": "displacement_cubic_inches",
        "Horsepower": "horsepower",
        "Weight_in_lbs": "weight_lbs",
        "Acceleration": "seconds_to_60_mph",
        "Year": "year",
        "Origin": "origin",
    }
    rows = renamed(read_source(package, "cars.json"), names)
    for row in rows:
        row["year"] = row["year"].removesuffix("-01-01")
    return rows


def global_temp(package):
    return renamed(read_source(package, "global-temp.csv"), {"year": "year", "temp": "anomaly_celsius"})


def penguins(package):
    """One bird's sex is a full stop, which stands for nothing: it becomes missing."""
    names = {
        "Species": "species",
        "Island": "island",
        "Beak Length (mm)": "beak_length_mm",
        "Beak Depth (mm)": "beak_depth_mm",
        "Flipper Length (mm)": "flipper_length_mm",
        "Body Mass (g)": "body_mass_g",
        "Sex": "sex",
    }
    rows = renamed(read_source(package, "penguins.json"), names)
    for row in rows:
        if row["sex"] == ".":
            row["sex"] = None
    return rows


def seattle_weather(package):
    names = {
        "date": "date",
        "precipitation": "precipitation_mm",
        "temp_max": "temp_max_celsius",
        "temp_min": "temp_min_celsius",
        "wind": "wind_mps",
        "weather": "weather",
    }
    return renamed(read_source(package, "seattle-weather.csv"), names)


TABLES = {
    "anscombe": anscombe,
    "barley": barley,
    "cars": cars,
    "global-temp": global_temp,
    "penguins": penguins,
    "seattle-weather": seattle_weather,
}


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("package", type=pathlib.Path, help="the unpacked npm package")
    parser.add_argument("--out", type=pathlib.Path, default=pathlib.Path(__file__).parent, help="where to write")
    arguments = parser.parse_args()

    for name, prepare in TABLES.items():
        rows = prepare(arguments.package)
        text = io.StringIO()
        writer = csv.DictWriter(text, fieldnames=list(rows[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
        content = text.getvalue().encode("utf-8")
        folder = arguments.out / name
        folder.mkdir(exist_ok=True)
        (folder / f"{name}.csv").write_bytes(content)
        digest = hashlib.sha256(content).hexdigest()
        (folder / "SHA256SUMS").write_text(f"{digest}  {name}.csv\n")
        print(f"{name}: {len(rows)} rows, {digest}")


if __name__ == "__main__":
    main()
