"""Times by public transport of oneroof beside an independent search over the same feeds and paths. See `run`.

Written over the same terms (day, window, longest walks, a minute at the stop) but with nothing in common: Python's csv, a
connection scan over single hops of vehicles for each departure alone, no patterns, no rounds, and the walks of `compare.py`.

Python takes a third of a second for one departure, so both look at a sample: every so many-th hexagon, and fewer minutes.
"""

import bisect
import csv
import datetime
import io
import math
import subprocess
import sys
import tempfile
import time
import zipfile
from pathlib import Path

import numpy as np
from compare import DATA, ONEROOF, PLACE, Roads, Ways, metres

DATE = datetime.date(2019, 5, 14)
FIRST, LAST, WALK, CHANGE, BOARD, LONGEST = 14 * 3600, 14 * 3600 + 600, 1200, 600, 60, 7200
FEEDS = ["poa_eptc.zip", "poa_trensurb.zip"]
SAMPLE = 50
# Starts whose walks are looked for at a time: each takes a row as long as there are nodes.
BLOCK = 100


def table(archive, name):
    if name not in archive.namelist():
        return []
    text = io.TextIOWrapper(archive.open(name), "utf-8-sig", newline="")
    rows = csv.reader(text)
    header = [cell.strip() for cell in next(rows)]
    return [dict(zip(header, (cell.strip() for cell in row))) for row in rows if row]


def day(text):
    return datetime.datetime.strptime(text, "%Y%m%d").date()


def seconds(text):
    if not text:
        return None
    h, m, s = text.split(":")
    return int(h) * 3600 + int(m) * 60 + int(s)


def services(archive, date):
    runs = set()
    weekday = "monday tuesday wednesday thursday friday saturday sunday".split()[date.weekday()]
    for row in table(archive, "calendar.txt"):
        if row[weekday] == "1" and day(row["start_date"]) <= date <= day(row["end_date"]):
            runs.add(row["service_id"])
    for row in table(archive, "calendar_dates.txt"):
        if day(row["date"]) == date:
            (runs.add if row["exception_type"] == "1" else runs.discard)(row["service_id"])
    return runs


def hops(feed):
    """Where the stops are, and every hop of a vehicle: leaves, from, arrives, to, vehicle."""
    archive = zipfile.ZipFile(Path(DATA) / feed)
    stops = {feed + row["stop_id"]: (float(row["stop_lon"]), float(row["stop_lat"])) for row in table(archive, "stops.txt")}
    calls = {}
    for row in table(archive, "stop_times.txt"):
        calls.setdefault(row["trip_id"], []).append(
            (int(row["stop_sequence"]), feed + row["stop_id"], seconds(row["arrival_time"]), seconds(row["departure_time"])))
    found = []
    for shift in (-1, 0, 1):
        runs = services(archive, DATE + datetime.timedelta(days=shift))
        for trip in table(archive, "trips.txt"):
            if trip["service_id"] not in runs:
                continue
            found.extend(of_trip(sorted(calls.get(trip["trip_id"], [])), stops, shift * 86400, (feed, trip["trip_id"], shift)))
    return stops, found


def of_trip(calls, stops, shift, vehicle):
    times = [(a if a is not None else d, d if d is not None else a) for _, _, a, d in calls]
    along = [0.0]
    for (_, one, _, _), (_, other, _, _) in zip(calls, calls[1:]):
        along.append(along[-1] + metres(stops[one], stops[other]))
    known = [at for at, (a, _) in enumerate(times) if a is not None]
    for one, other in zip(known, known[1:]):
        leave, arrive = times[one][1], times[other][0]
        for at in range(one + 1, other):
            way = along[other] - along[one]
            share = (along[at] - along[one]) / way if way else (at - one) / (other - one)
            passed = leave + math.floor((arrive - leave) * share + 0.5)
            times[at] = (passed, passed)
    for at in range(len(calls) - 1):
        yield times[at][1] + shift, calls[at][1], times[at + 1][0] + shift, calls[at + 1][1], vehicle


def walks(ways, start, end, most):
    """For every start the ends within so many seconds on foot."""
    found, keys = {}, list(start)
    for first in range(0, len(keys), BLOCK):
        block = {key: start[key] for key in keys[first:first + BLOCK]}
        for (one, other), minutes in ways.route(block, end, most).items():
            if minutes * 60 <= most:
                found.setdefault(one, []).append((other, minutes * 60))
    return found


def one_departure(leave, to_stop, scan, changes, from_stop, sites):
    ready = {stop: leave + walk for stop, walk in to_stop}
    off, aboard = {}, set()
    reached = dict.fromkeys(sites, math.inf)
    until = leave + LONGEST
    never = math.inf
    for leaves, stop, arrives, other, vehicle in scan[bisect.bisect_left(scan, (leave,)):]:
        if leaves > until:
            break
        if vehicle in aboard or ready.get(stop, never) + BOARD <= leaves:
            aboard.add(vehicle)
            if arrives < off.get(other, never):
                off[other] = arrives
                ready[other] = min(arrives, ready.get(other, never))
                for third, walk in changes.get(other, ()):
                    if arrives + walk < ready.get(third, never):
                        ready[third] = arrives + walk
                for site, walk in from_stop.get(other, ()):
                    reached[site] = min(reached[site], arrives + walk)
    return reached


def sampled(folder):
    """Some of the hexagons and a short window, as a place of its own."""
    rows = list(csv.reader((Path(DATA) / "poa_hexgrid.csv").open()))
    step = max(1, len(rows) // SAMPLE)
    place = Path(folder) / "place"
    place.mkdir()
    with (place / "zones.csv").open("w", newline="") as file:
        csv.writer(file).writerows([rows[0], *rows[1::step]])
    text = (Path(PLACE) / "place.toml").read_text()
    minutes = lambda seconds: f"{seconds // 3600:02}:{seconds // 60 % 60:02}"
    text = text.replace('window = ["14:00", "15:00"]', f'window = ["{minutes(FIRST)}", "{minutes(LAST)}"]')
    (place / "place.toml").write_text(text.replace('"poa_hexgrid.csv"', '"./zones.csv"'))
    return place, len(rows) - 1


def main():
    with tempfile.TemporaryDirectory() as folder:
        place, every = sampled(folder)
        out = Path(folder) / "travel"
        start = time.time()
        subprocess.run([ONEROOF, "travel", str(place), "--data", DATA, "--out", str(out), "--bands", "0"],
                       check=True, stdout=subprocess.DEVNULL)
        print(f"oneroof travel, walk and transit, maps, written: {time.time() - start:.1f} s")
        ours = {(r["from_id"], r["to_id"]): float(r["minutes"]) for r in csv.DictReader((out / "transit.csv").open())}
        points = {"zone": {}, "building": {}}
        for row in csv.DictReader((out / "landings.csv").open()):
            if row["mode"] == "walk" and row["lon"]:
                points[row["kind"]][row["id"]] = (float(row["lon"]), float(row["lat"]))
    zones, sites = points["zone"], points["building"]
    start = time.time()
    stops, scan = {}, []
    for feed in FEEDS:
        more, found = hops(feed)
        stops.update(more)
        scan.extend(found)
    scan = sorted((hop for hop in scan if FIRST <= hop[0] <= LAST + LONGEST), key=lambda hop: (hop[0], hop[2]))
    roads = Roads()
    roads.apply_file(str(Path(DATA) / "poa_osm.pbf"), locations=True)
    used = {hop[1] for hop in scan} | {hop[3] for hop in scan}
    stops = {key: at for key, at in stops.items() if key in used}
    ways = Ways("walk", roads)
    to_stop, changes = walks(ways, zones, stops, WALK), walks(ways, stops, stops, CHANGE)
    from_stop, direct = walks(ways, stops, sites, WALK), walks(ways, zones, sites, LONGEST)
    print(f"{len(stops)} stops, {len(scan)} hops, {len(zones)} zones, {len(sites)} sites; walks after {time.time() - start:.0f} s",
          flush=True)
    theirs = {}
    for zone in zones:
        on_foot = dict(direct.get(zone, ()))
        times = {site: [] for site in sites}
        for leave in range(FIRST, LAST, 60):
            reached = one_departure(leave, to_stop.get(zone, ()), scan, changes, from_stop, sites)
            for site, at in reached.items():
                times[site].append(min(at - leave, on_foot.get(site, math.inf)))
        for site, all_of_them in times.items():
            median = sorted(all_of_them)[(len(all_of_them) + 1) // 2 - 1]
            if median <= LONGEST:
                theirs[zone, site] = median / 60
    print(f"Python for {len(zones)} of {every} zones, {(LAST - FIRST) // 60} departures: {time.time() - start:.0f} s")
    report(ours, theirs)


def report(ours, theirs):
    both = sorted(set(ours) & set(theirs))
    print(f"{len(both)} pairs in both, {len(set(ours) - set(theirs))} only ours, {len(set(theirs) - set(ours))} only theirs")
    for pair in sorted(set(ours) ^ set(theirs))[:5]:
        print("   ", *pair, "ours", ours.get(pair), "theirs", theirs.get(pair))
    diff = np.array([ours[pair] - theirs[pair] for pair in both])
    print("ours - theirs, minutes: least {:+.2f}, 1 % {:+.2f}, 5 % {:+.2f}, median {:+.2f}, 95 % {:+.2f}, 99 % {:+.2f}, most {:+.2f}"
          .format(*np.percentile(diff, [0, 1, 5, 50, 95, 99, 100])))
    print(f"within 0.05 min, the rounding: {np.mean(np.abs(diff) <= 0.0501):.2%}; within a minute: {np.mean(np.abs(diff) <= 1):.2%}")
    for at in np.argsort(-np.abs(diff))[:8]:
        print("   ", *both[at], f"ours {ours[both[at]]:.1f}, theirs {theirs[both[at]]:.2f}")


main()
