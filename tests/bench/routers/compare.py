"""Travel times of oneroof beside those of other routers. See `run`."""

import csv
import json
import math
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import numpy as np
import osmium
from scipy.sparse import csr_matrix
from scipy.sparse.csgraph import connected_components, dijkstra

ONEROOF, PLACE, DATA = sys.argv[1:4]
PBF = str(Path(DATA) / "rutland-latest.osm.pbf")
RADIUS, MILE = 6371008.8, 1.609344
CLOSED = {"construction", "proposed", "planned", "abandoned", "razed", "raceway", "bus_guideway", "busway",
          "escape", "rest_area", "services", "no"}
REFUSED = {"no", "private", "agricultural", "forestry", "emergency", "psv", "bus", "delivery", "military",
           "restricted", "use_sidepath"}
CAR = {"motorway": (95, 110), "motorway_link": (50, 80), "trunk": (80, 100), "trunk_link": (45, 70),
       "primary": (60, 80), "primary_link": (35, 60), "secondary": (50, 70), "secondary_link": (30, 55),
       "tertiary": (45, 60), "tertiary_link": (25, 50), "unclassified": (35, 50), "residential": (25, 40),
       "road": (25, 40), "living_street": (10, 15), "service": (15, 20), "track": (10, 15)}
BARS = {"walk": {"wall", "fence", "hedge", "debris"},
        "drive": {"wall", "fence", "hedge", "debris", "stile", "turnstile", "kissing_gate", "bollard", "block",
                  "chain", "cycle_barrier", "jersey_barrier", "log", "motorcycle_barrier", "planter",
                  "sump_buster", "bus_trap", "yes"}}
LADDER = {"walk": ["foot", "access"], "drive": ["motorcar", "motor_vehicle", "vehicle", "access"]}


def allowed(mode, tags):
    for key in LADDER[mode]:
        if key in tags:
            return tags[key] not in REFUSED
    return None


def limit(text):
    law = text.rsplit(":", 1)[-1]
    words = {"nsl_single": 60 * MILE, "national": 60 * MILE, "nsl_dual": 70 * MILE, "motorway": 70 * MILE,
             "nsl_restricted": 30 * MILE, "walk": 7, "living_street": 7, "urban": 50}
    if law in words:
        return words[law]
    first = text.split(";")[0].strip()
    digits = "".join(c for c in first if c.isdigit() or c == ".")
    if not digits or not first.startswith(digits):
        return None
    factor = {"": 1, "km/h": 1, "kmh": 1, "kph": 1, "mph": MILE, "knots": 1.852}.get(first[len(digits):].strip())
    return float(digits) * factor if factor and 0 < float(digits) * factor <= 200 else None


def judge(mode, tags):
    """Speed in km/h, direction (0 both, 1 forward, -1 backward), whether one may stop; or None."""
    kind = tags.get("highway")
    if kind is None:
        return None
    may = allowed(mode, tags)
    fast = kind in ("motorway", "motorway_link") or tags.get("motorroad") == "yes"
    if mode == "walk":
        pavement = tags.get("sidewalk") in ("both", "left", "right", "yes", "separate")
        usual = not fast and (kind not in ("trunk", "trunk_link") or pavement)
        if kind in CLOSED or fast or not (usual if may is None else may):
            return None
        way = {"yes": 1, "1": 1, "-1": -1}.get(tags.get("oneway:foot"), 0)
        return (2.4 if kind == "steps" else 4.8), way, True
    if kind not in CAR or not (kind != "track" if may is None else may):
        return None
    usual, most = CAR[kind]
    stated = limit(tags["maxspeed"]) if "maxspeed" in tags else None
    kmh = min(max(0.8 * stated, 5), most) if stated else usual
    one = tags.get("oneway")
    if one in ("yes", "1", "true"):
        way = 1
    elif one in ("-1", "reverse"):
        way = -1
    elif one in ("no", "0", "false"):
        way = 0
    else:
        way = 1 if kind == "motorway" or tags.get("junction") in ("roundabout", "circular") else 0
    return kmh, way, kind not in ("motorway", "motorway_link", "trunk_link")


def metres(a, b):
    (x1, y1), (x2, y2) = a, b
    p, q = math.radians(y1), math.radians(y2)
    h = math.sin((q - p) / 2) ** 2 + math.cos(p) * math.cos(q) * math.sin(math.radians(x2 - x1) / 2) ** 2
    return 2 * RADIUS * math.asin(min(1, math.sqrt(h)))


class Roads(osmium.SimpleHandler):
    def __init__(self):
        super().__init__()
        self.ways, self.tags = [], {}

    def node(self, n):
        if n.tags:
            self.tags[n.id] = {t.k: t.v for t in n.tags}

    def way(self, w):
        if "highway" in w.tags and len(w.nodes) > 1:
            nodes = [(n.ref, (n.location.lon, n.location.lat) if n.location.valid() else None) for n in w.nodes]
            self.ways.append((nodes, {t.k: t.v for t in w.tags}))


def network(mode, roads):
    """Every straight piece of road; nothing joined."""
    place, where, pieces = {}, [], []

    def end(node, at):
        tags = roads.tags.get(node, {})
        may = allowed(mode, tags)
        barred = may is False or (may is None and tags.get("barrier") in BARS[mode])
        if barred or node not in place:
            where.append(at)
            if barred:
                return len(where) - 1
            place[node] = len(where) - 1
        return place[node]

    for nodes, tags in roads.ways:
        how = judge(mode, tags)
        if how is None:
            continue
        kmh, way, stop = how
        for (n1, a), (n2, b) in zip(nodes, nodes[1:]):
            if a is None or b is None or n1 == n2:
                continue
            i, j = end(n1, a), end(n2, b)
            m = metres(a, b)
            if way < 0:
                i, j = j, i
            pieces.append((i, j, m * 3.6 / kmh, m, way != 0, stop))
    return where, pieces


class Ways:
    """The network of a mode, and the nearest piece of it to each point."""

    def __init__(self, mode, roads):
        where, pieces = network(mode, roads)
        self.count, self.known = len(where), {}
        self.frm, self.to, self.secs = [], [], []
        for i, j, s, _, one, _ in pieces:
            self.frm.append(i), self.to.append(j), self.secs.append(s)
            if not one:
                self.frm.append(j), self.to.append(i), self.secs.append(s)
        graph = csr_matrix((np.ones(len(self.frm)), (self.frm, self.to)), (self.count, self.count))
        part = connected_components(graph, True, "strong")[1]
        km = np.zeros(part.max() + 1)
        for i, j, _, m, _, _ in pieces:
            if part[i] == part[j]:
                km[part[i]] += m
        used = (km >= 5000) | (np.arange(len(km)) == km.argmax())
        self.usable = [p for p in pieces if part[p[0]] == part[p[1]] and used[part[p[0]]] and p[5]]
        xy = np.array(where)
        self.a, self.b = xy[[p[0] for p in self.usable]], xy[[p[1] for p in self.usable]]

    def snap(self, point):
        """The nearest piece on a flat map around the point, how far along it, and how far away."""
        if point not in self.known:
            flat = np.array([math.cos(math.radians(point[1])), 1]) * math.radians(1) * RADIUS
            p, q = (self.a - point) * flat, (self.b - point) * flat
            d = q - p
            t = np.clip(-(p * d).sum(1) / np.maximum((d * d).sum(1), 1e-12), 0, 1)
            away = np.hypot(*(p + d * t[:, None]).T)
            near = np.flatnonzero(away <= away.min() + 0.01)
            best = min(near, key=lambda k: (self.usable[k][4], k))
            self.known[point] = best, t[best], away[best]
        return self.known[point]

    def route(self, zones, sites, limit=np.inf):
        """Minutes between zones and sites, as far as so many seconds go."""
        frm, to, secs = list(self.frm), list(self.to), list(self.secs)
        # Each origin and destination becomes a node of its own, joined to the two ends of its piece.
        extra = self.count
        starts, ends = {}, {}
        for beside, points in ((starts, zones), (ends, sites)):
            for key, point in points.items():
                k, t, away = self.snap(point)
                i, j, s, _, one, _ = self.usable[k]
                if away > 1000:
                    continue
                walk = away * 3.6 / 4.8
                beside[key] = (extra, k, t, walk)
                if beside is starts:
                    frm.append(extra), to.append(j), secs.append(walk + (1 - t) * s + 1e-9)
                    if not one:
                        frm.append(extra), to.append(i), secs.append(walk + t * s + 1e-9)
                else:
                    frm.append(i), to.append(extra), secs.append(walk + t * s + 1e-9)
                    if not one:
                        frm.append(j), to.append(extra), secs.append(walk + (1 - t) * s + 1e-9)
                extra += 1
        if not starts or not ends:
            return {}
        # Of two roads between the same nodes the quicker counts: csr_matrix would add them up.
        order = np.lexsort((secs, to, frm))
        f, g, s = np.array(frm)[order], np.array(to)[order], np.array(secs)[order]
        first = np.r_[True, (f[1:] != f[:-1]) | (g[1:] != g[:-1])]
        graph = csr_matrix((s[first], (f[first], g[first])), (extra, extra))
        far = dijkstra(graph, indices=[v[0] for v in starts.values()], limit=limit)
        keys, nodes = list(ends), np.array([v[0] for v in ends.values()])
        on_piece = {}
        for site, (_, k, t, walk) in ends.items():
            on_piece.setdefault(k, []).append((site, t, walk))
        out = {}
        for row, (zone, (_, k, t, walk)) in enumerate(starts.items()):
            reached = far[row][nodes]
            for at in np.flatnonzero(np.isfinite(reached)):
                out[zone, keys[at]] = reached[at] / 60
            for site, t2, walk2 in on_piece.get(k, ()):
                if t <= t2 or not self.usable[k][4]:
                    along = (walk + walk2 + abs(t - t2) * self.usable[k][2]) / 60
                    out[zone, site] = min(along, out.get((zone, site), math.inf))
        return out


def compare(ours, theirs):
    pairs = sorted(set(ours) & set(theirs))
    print(f"  {len(pairs)} pairs in both, {len(set(ours) - set(theirs))} only ours, "
          f"{len(set(theirs) - set(ours))} only theirs")
    if not pairs:
        return
    a, b = np.array([ours[p] for p in pairs]), np.array([theirs[p] for p in pairs])
    diff = a - b
    quant = np.percentile(diff, [0, 5, 25, 50, 75, 95, 100])
    print("    ours - theirs, minutes: least {:+.2f}, 5 % {:+.2f}, 25 % {:+.2f}, median {:+.2f}, 75 % {:+.2f}, "
          "95 % {:+.2f}, most {:+.2f}".format(*quant))
    print(f"    within 0.1 min {np.mean(np.abs(diff) <= 0.1001):.1%}, within 5 % {np.mean(np.abs(diff) <= 0.05 * b):.1%}, "
          f"ratio of sums {a.sum() / b.sum():.3f}, correlation {np.corrcoef(a, b)[0, 1]:.4f}")
    for at in np.argsort(-np.abs(diff))[:5]:
        zone, site = pairs[at]
        print(f"    {zone} to {site}: ours {a[at]:.1f}, theirs {b[at]:.1f}")


def main():
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "travel"
        start = time.time()
        subprocess.run([ONEROOF, "travel", PLACE, "--data", DATA, "--out", str(out), "--mode", "walk", "--mode", "drive",
                        "--bands", "0"], check=True, stdout=subprocess.DEVNULL)
        took = time.time() - start
        print(f"oneroof travel: both modes, minutes and km, maps, written: {took:.2f} s")
        mine = {}
        for mode in ("walk", "drive"):
            rows = csv.DictReader((out / f"{mode}.csv").open())
            mine[mode] = {(r["from_id"], r["to_id"]): float(r["minutes"]) for r in rows}
        points = {"zone": {}, "building": {}}
        for row in csv.DictReader((out / "landings.csv").open()):
            if not row["lon"]:
                continue
            points[row["kind"]][row["id"]] = (float(row["lon"]), float(row["lat"]))
    zones, sites = points["zone"], points["building"]
    print(f"{len(zones)} zones, {len(sites)} sites")
    spent = 0.0
    for mode in ("walk", "drive"):
        print(mode)
        start = time.time()
        roads = Roads()
        roads.apply_file(PBF, locations=True)
        theirs = Ways(mode, roads).route(zones, sites)
        spent += time.time() - start
        compare(mine[mode], theirs)
    print(f"Python over the same rules: {spent:.2f} s, {spent / took:.1f} times as long")


if __name__ == "__main__":
    main()
