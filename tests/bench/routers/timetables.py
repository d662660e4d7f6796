"""Times by public transport of oneroof beside an independent search over the same feeds and paths. See `run`.

Written over the same terms (day, window, longest walks, a minute at the stop) but with nothing in common: Python's csv, a
connection scan over single hops of vehicles for each departure alone, no patterns, no rounds, and the walks of `compare.py`.
"""

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
from compare import DATA, ONEROOF, PLACE, Roads, metres, route

DATE = datetime.date(2019, 5, 14)
FIRST, LAST, WALK, CHANGE, BOARD, LONGEST = 14 * 3600, 15 * 3600, 1200, 600, 60, 7200
FEEDS = ["poa_eptc.zip", "poa_trensurb.zip"]
SAMPLE = 40


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


def walks(roads, start, end, most):
    """For every start the ends within so many seconds on foot."""
    found = {}
    for (one, other), minutes in route("walk", roads, start, end, most).items():
        if minutes * 60 <= most:
            found.setdefault(one, []).append((other, minutes * 60))
    return found


def one_departure(leave, to_stop, scan, changes, from_stop, sites):
    ready = {stop: leave + walk for stop, walk in to_stop}
    off, aboard = {}, set()
    reached = dict.fromkeys(sites, math.inf)
    until = leave + LONGEST
    for leaves, stop, arrives, other, vehicle in scan:
        if leaves > until:
            break
        if vehicle in aboard or ready.get(stop, math.inf) + BOARD <= leaves:
            aboard.add(vehicle)
            if arrives < off.get(other, math.inf):
                off[other] = arrives
                ready[other] = min(arrives, ready.get(other, math.inf))
                for third, walk in changes.get(other, ()):
                    if arrives + walk < ready.get(third, math.inf):
                        ready[third] = arrives + walk
                for site, walk in from_stop.get(other, ()):
                    reached[site] = min(reached[site], arrives + walk)
    return reached


def main():
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "travel"
        start = time.time()
        subprocess.run([ONEROOF, "travel", PLACE, "--data", DATA, "--out", str(out), "--bands", "0"],
                       check=True, stdout=subprocess.DEVNULL)
        print(f"oneroof travel, walk and transit, maps, written: {time.time() - start:.1f} s")
        ours = {(r["from_id"], r["to_id"]): float(r["minutes"]) for r in csv.DictReader((out / "transit.csv").open())}
        points = {"zone": {}, "building": {}}
        for row in csv.DictReader((out / "landings.csv").open()):
            points[row["kind"]][row["id"]] = (float(row["lon"]), float(row["lat"]))
    sites = points["building"]
    every = sorted(points["zone"])
    zones = {key: points["zone"][key] for key in every[:: max(1, len(every) // SAMPLE)]}
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
    to_stop, changes = walks(roads, zones, stops, WALK), walks(roads, stops, stops, CHANGE)
    from_stop, direct = walks(roads, stops, sites, WALK), walks(roads, zones, sites, LONGEST)
    print(f"{len(stops)} stops, {len(scan)} hops, {len(zones)} zones, {len(sites)} sites; walks after {time.time() - start:.0f} s")
    theirs, spread = {}, {}
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
    took = time.time() - start
    mine = {pair: far for pair, far in ours.items() if pair[0] in zones}
    report(mine, theirs)
    print(f"Python for {len(zones)} of {len(every)} zones: {took:.0f} s")


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
