"""Rutland's times on foot and by car of oneroof beside those of Valhalla, a router with rules of its own. See `run`."""

import csv
import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import numpy as np
import valhalla

ONEROOF, PLACE, DATA = sys.argv[1:4]
PBF = str(Path(DATA) / "rutland-latest.osm.pbf")
COSTING = {"walk": ("pedestrian", {"walking_speed": 4.8}), "drive": ("auto", {})}


def ours(folder):
    """Minutes and km of each mode by pair, where everything is, and how far from the road."""
    out = Path(folder) / "travel"
    start = time.time()
    subprocess.run([ONEROOF, "travel", PLACE, "--data", DATA, "--out", str(out), "--mode", "walk", "--mode", "drive",
                    "--bands", "0"], check=True, stdout=subprocess.DEVNULL)
    print(f"oneroof travel: both modes, minutes and km, maps, written: {time.time() - start:.2f} s")
    times = {}
    for mode in COSTING:
        rows = csv.DictReader((out / f"{mode}.csv").open())
        times[mode] = {(r["from_id"], r["to_id"]): (float(r["minutes"]), float(r["km"])) for r in rows}
    points, away = {"zone": {}, "building": {}}, {}
    for row in csv.DictReader((out / "landings.csv").open()):
        if not row["lon"]:
            continue
        points[row["kind"]][row["id"]] = {"lat": float(row["lat"]), "lon": float(row["lon"])}
        away[row["mode"], row["id"]] = float(row["away_m"])
    return times, points["zone"], points["building"], away


def theirs(folder, zones, sites):
    start = time.time()
    tiles = Path(folder) / "tiles"
    tiles.mkdir()
    config = valhalla.get_config(tile_extract="", tile_dir=str(tiles), verbose=False)
    config["service_limits"]["max_distance_disable_hierarchy_culling"] = 0
    for name in ("pedestrian", "auto"):
        config["service_limits"][name]["max_matrix_distance"] = 400_000
        config["service_limits"][name]["max_matrix_location_pairs"] = 100_000
    file = Path(folder) / "valhalla.json"
    file.write_text(json.dumps(config))
    subprocess.run(["valhalla_build_tiles", "-c", str(file), PBF], check=True, stdout=subprocess.DEVNULL,
                   stderr=subprocess.DEVNULL)
    print(f"Valhalla {valhalla.__version__}: tiles {time.time() - start:.2f} s")
    actor = valhalla.Actor(str(file))
    found = {}
    for mode, (costing, options) in COSTING.items():
        start = time.time()
        answer = actor.matrix({"sources": list(zones.values()), "targets": list(sites.values()), "costing": costing,
                               "costing_options": {costing: options}})
        pairs = {}
        for zone, row in zip(zones, answer["sources_to_targets"]):
            for site, cell in zip(sites, row):
                if cell["time"] is not None:
                    pairs[zone, site] = (cell["time"] / 60, cell["distance"])
        found[mode] = pairs
        print(f"Valhalla, {mode}: matrix {time.time() - start:.2f} s")
    return found


def compare(mode, mine, other, away):
    """`away` is walked by us and not counted by Valhalla, whose journeys begin on the road."""
    both = sorted(set(mine) & set(other))
    print(f"{mode}: {len(both)} pairs in both, {len(set(mine) - set(other))} only ours, {len(set(other) - set(mine))} only theirs")
    beside = np.array([(away[mode, zone] + away[mode, site]) * 0.06 / 4.8 for zone, site in both])
    for what, at, less in (("minutes", 0, beside), ("km", 1, beside * 0.08)):
        a = np.array([mine[pair][at] for pair in both]) - less
        b = np.array([other[pair][at] for pair in both])
        ratio = a / np.maximum(b, 1e-9)
        print("  {}, ours without the way to the road / theirs: least {:.2f}, 5 % {:.2f}, 25 % {:.2f}, median {:.2f}, 75 % {:.2f}, "
              "95 % {:.2f}, most {:.2f}".format(what, *np.percentile(ratio, [0, 5, 25, 50, 75, 95, 100])))
        print(f"    within 5 % {np.mean(np.abs(ratio - 1) <= 0.05):.1%}, within 10 % {np.mean(np.abs(ratio - 1) <= 0.1):.1%}, "
              f"ratio of sums {a.sum() / b.sum():.3f}, correlation {np.corrcoef(a, b)[0, 1]:.4f}")
        for one in np.argsort(-np.abs(np.log(np.maximum(ratio, 1e-9))))[:6]:
            print("    ", *both[one], f"ours {a[one]:.2f}, theirs {b[one]:.2f}")


def main():
    with tempfile.TemporaryDirectory() as folder:
        times, zones, sites, away = ours(folder)
        found = theirs(folder, zones, sites)
    for mode in COSTING:
        compare(mode, times[mode], found[mode], away)


main()
