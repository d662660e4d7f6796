"""oneroof beside plain HiGHS and spopt: the same instances, one after another, on this machine.

Seconds are those of the whole solve as a user waits for it: for oneroof the process from start to last file, for
HiGHS and spopt the building of the model and the solve, without reading tables. Nothing is averaged away: each
instance has a line for each program, with the gap that the program itself proves, and the ratio of the times to
oneroof's where both proved the same optimum.
"""

import csv
import json
import random
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import highspy
import numpy as np
import pulp
from spopt.locate import LSCP, MCLP, PMedian

ONEROOF, SHARED = sys.argv[1], Path(sys.argv[2])
REST = sys.argv[3:]
SECONDS = float(REST[0]) if REST and REST[0].replace(".", "").isdigit() else 60.0
NAMES = [word for word in REST if not word.replace(".", "").isdigit()]


class Instance:
    """Demand, facilities and every distance between them; a question."""

    def __init__(self, name, demand, facilities, weights, problem, count=None, radius=None, share=1.0):
        self.name, self.problem = name, problem
        self.count, self.radius, self.share = count, radius, share
        self.demand, self.facilities, self.weights = demand, facilities, np.asarray(weights, float)
        self.cost = haversine_km(demand, facilities)


def haversine_km(one, other):
    """Kilometres rounded to the metre, as oneroof measures."""
    a, b = np.radians(np.asarray(one)), np.radians(np.asarray(other))
    half_lat = np.sin((a[:, None, 1] - b[None, :, 1]) / 2)
    half_lon = np.sin((a[:, None, 0] - b[None, :, 0]) / 2)
    h = half_lat**2 + np.cos(a[:, None, 1]) * np.cos(b[None, :, 1]) * half_lon**2
    return np.round(2 * 6371008.8 * np.arcsin(np.sqrt(np.minimum(h, 1.0)))) / 1000


def uniform(seed, demand, facilities):
    """Points in half a degree, weights from 1 to 100."""
    dice = random.Random(seed)
    point = lambda: (dice.uniform(0, 0.5), dice.uniform(50, 50.5))
    return (
        [point() for _ in range(demand)],
        [point() for _ in range(facilities)],
        [dice.randint(1, 100) for _ in range(demand)],
    )


def centre(feature):
    rings = feature["geometry"]["coordinates"]
    while isinstance(rings[0][0], list) and isinstance(rings[0][0][0], list):
        rings = rings[0]
    points = np.asarray(rings[0] if isinstance(rings[0][0], list) else rings)
    return tuple(points.mean(axis=0)[:2])


def points_of(path):
    with open(path, encoding="utf-8-sig") as file:
        rows = list(csv.DictReader(file))
    return sorted({(float(row["lon"]), float(row["lat"])) for row in rows if row.get("lon") not in (None, "", "NA")})


def instances():
    for seed in (1, 2, 3):
        demand, facilities, weights = uniform(seed, 1000, 100)
        yield Instance(f"p-median-1000x100-{seed}", demand, facilities, weights, "p-median", count=10)
    demand, facilities, weights = uniform(4, 10000, 1000)
    yield Instance("share-10000x1000", demand, facilities, weights, "lscp", radius=2.0, share=0.95)
    data = SHARED / "realdata/trafford"
    if not data.is_dir():
        print(f"SKIPPED: {data} is absent")
        return
    zones = data / "zones/gm_lsoa_super_generalised.geojson"
    manchester = [centre(one) for one in json.loads(zones.read_text())["features"]]
    libraries = points_of(data / "services/gm_libraries.csv")
    dentists = points_of(data / "services/gm_dentists.csv")
    ones = [1] * len(manchester)
    yield Instance("manchester-lsoa-libraries-p-median", manchester, libraries, ones, "p-median", count=40)
    yield Instance("manchester-lsoa-dentists-p-median", manchester, dentists, ones, "p-median", count=60)
    yield Instance("manchester-lsoa-dentists-mclp", manchester, dentists, ones, "mclp", count=30, radius=1.6)
    yield Instance("manchester-lsoa-dentists-lscp", manchester, dentists, ones, "lscp", radius=8.0)
    outputs = json.loads((data / "zones/trafford_oa_generalised.geojson").read_text())["features"]
    trafford = [centre(one) for one in outputs]
    practices = points_of(data / "services/trafford_general_practices.csv")
    yield Instance("trafford-oa-practices-p-median", trafford, practices, [1] * len(trafford), "p-median", count=12)


def write(path, header, rows):
    with open(path, "w", newline="") as file:
        csv.writer(file).writerows([header, *rows])


def run_oneroof(one, folder):
    points = lambda points: [(at, float(lon), float(lat)) for at, (lon, lat) in enumerate(points)]
    demand = [(*row, weight) for row, weight in zip(points(one.demand), one.weights)]
    write(folder / "demand.csv", ["id", "longitude", "latitude", "weight"], demand)
    write(folder / "facilities.csv", ["id", "longitude", "latitude"], points(one.facilities))
    command = [ONEROOF, "locate", "--problem", one.problem, "--demand", folder / "demand.csv"]
    command += ["--facilities", folder / "facilities.csv", "--out", folder / "out", "--time", f"{SECONDS}s"]
    command += ["--count", str(one.count)] if one.count else []
    command += ["--radius", str(one.radius)] if one.radius else []
    command += ["--share", str(one.share)] if one.share < 1 else []
    began = time.perf_counter()
    ended = subprocess.run(command, capture_output=True, text=True)
    seconds = time.perf_counter() - began
    if ended.returncode not in (0, 5):
        return None, None, seconds, ended.stderr.strip().splitlines()[0]
    answer = json.loads((folder / "out/locate.json").read_text())
    return answer["objective"], answer["gap"], seconds, answer["engine"]


def raw_model(one):
    """Columns and rows of the textbook model, as arrays."""
    demands, facilities = one.cost.shape
    inf = highspy.kHighsInf
    rows, columns = [], []
    if one.problem == "p-median":
        at = np.arange(demands * facilities).reshape(demands, facilities) + facilities
        cost = np.concatenate([np.zeros(facilities), (one.weights[:, None] * one.cost).ravel()])
        rows.append((one.count, one.count, np.arange(facilities), np.ones(facilities)))
        for demand in range(demands):
            rows.append((1, 1, at[demand], np.ones(facilities)))
            for site in range(facilities):
                rows.append((-inf, 0, np.array([at[demand, site], site]), np.array([1.0, -1.0])))
        whole = facilities
    else:
        near = one.cost <= one.radius
        share = one.problem == "mclp" or one.share < 1
        if one.problem == "mclp":
            cost = np.concatenate([np.zeros(facilities), -one.weights])
            rows.append((-inf, one.count, np.arange(facilities), np.ones(facilities)))
        else:
            cost = np.concatenate([np.ones(facilities), np.zeros(demands if share else 0)])
        for demand in range(demands):
            hosts = np.flatnonzero(near[demand])
            if share:
                values = np.append(np.ones(len(hosts)), -1.0)
                rows.append((0, inf, np.append(hosts, facilities + demand), values))
            else:
                rows.append((1, inf, hosts, np.ones(len(hosts))))
        if one.share < 1:
            need = np.ceil(one.share * one.weights.sum() - 1e-6)
            rows.append((need, inf, np.arange(demands) + facilities, one.weights))
        whole = len(cost)
    return cost, rows, whole


def solve_highs(cost, lower, upper, rows, whole):
    """Value, proven gap and version of plain HiGHS; `rows` are (least, most, columns, coefficients)."""
    model = highspy.HighsLp()
    model.num_col_, model.num_row_ = len(cost), len(rows)
    model.col_cost_, model.col_lower_, model.col_upper_ = map(np.asarray, (cost, lower, upper))
    model.row_lower_ = np.array([row[0] for row in rows], float)
    model.row_upper_ = np.array([row[1] for row in rows], float)
    model.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
    model.a_matrix_.start_ = np.concatenate([[0], np.cumsum([len(row[2]) for row in rows])])
    model.a_matrix_.index_ = np.concatenate([np.asarray(row[2], int) for row in rows])
    model.a_matrix_.value_ = np.concatenate([np.asarray(row[3], float) for row in rows])
    kinds = (highspy.HighsVarType.kContinuous, highspy.HighsVarType.kInteger)
    model.integrality_ = [kinds[bool(one)] for one in whole]
    highs = highspy.Highs()
    highs.setOptionValue("output_flag", False)
    highs.setOptionValue("time_limit", SECONDS)
    highs.setOptionValue("mip_rel_gap", 0.0)
    highs.passModel(model)
    highs.run()
    info = highs.getInfo()
    found = info.primal_solution_status == 2 and np.isfinite(info.objective_function_value)
    value = info.objective_function_value if found else None
    return value, info.mip_gap if found else None, f"HiGHS {highs.version()}"


def run_highs(one, _folder):
    began = time.perf_counter()
    cost, rows, whole = raw_model(one)
    size = len(cost)
    kinds = [at < whole for at in range(size)]
    value, gap, version = solve_highs(cost, np.zeros(size), np.ones(size), rows, kinds)
    seconds = time.perf_counter() - began
    if value is None:
        return None, None, seconds, "no answer"
    return -value if one.problem == "mclp" else value, gap, seconds, version


def run_spopt(one, _folder):
    if one.share < 1:
        return None, None, 0.0, "has no such problem"
    began = time.perf_counter()
    solver = pulp.HiGHS(msg=False, timeLimit=SECONDS, gapRel=0.0)
    if one.problem == "p-median":
        model = PMedian.from_cost_matrix(one.cost, one.weights, p_facilities=one.count)
    elif one.problem == "mclp":
        model = MCLP.from_cost_matrix(one.cost, one.weights, service_radius=one.radius, p_facilities=one.count)
    else:
        model = LSCP.from_cost_matrix(one.cost, service_radius=one.radius)
    try:
        model = model.solve(solver, results=False)
    except (RuntimeError, AttributeError, TypeError) as fault:
        return None, None, time.perf_counter() - began, str(fault)[:40]
    seconds = time.perf_counter() - began
    value = pulp.value(model.problem.objective)
    proven = model.problem.sol_status == pulp.LpSolutionOptimal and seconds < SECONDS
    return value, 0.0 if proven else None, seconds, "spopt on HiGHS"


class Rows:
    """A model in the making: columns with costs and kinds, rows with their terms."""

    def __init__(self):
        self.cost, self.lower, self.upper, self.whole = [], [], [], []
        self.rows = []

    def column(self, cost=0.0, lower=0.0, upper=1.0, whole=True):
        self.cost.append(cost)
        self.lower.append(lower)
        self.upper.append(upper)
        self.whole.append(whole)
        return len(self.cost) - 1

    def row(self, low, high, terms):
        self.rows.append((low, high, [at for at, _ in terms], [value for _, value in terms]))


def siting_model(problem):
    """The textbook model of a problem file: every link a row of its own, nothing merged or left out."""
    inf, model = highspy.kHighsInf, Rows()
    bounds = {"free": (0, 1), "open": (1, 1), "closed": (0, 0)}
    sites = [model.column(one["fixed_cost"], *bounds[one["lock"]]) for one in problem["sites"]]
    start = set(problem["start"] or [])
    moved = problem["price_per_change"]
    placed = {problem["placements"][at]["item"] for at in start}
    placements = []
    for at, one in enumerate(problem["placements"]):
        change = moved if one["item"] in placed and at not in start else 0.0
        placements.append(model.column(one["cost"] + change))
    for at, one in enumerate(problem["placements"]):
        model.row(-inf, 0, [(placements[at], 1), (sites[one["site"]], -1)])
        if one["requires"]:
            model.row(0, inf, [(placements[other], 1) for other in one["requires"]] + [(placements[at], -1)])
    of_item = [[] for _ in problem["items"]]
    of_site = [[] for _ in problem["sites"]]
    for at, one in enumerate(problem["placements"]):
        of_item[one["item"]].append(at)
        of_site[one["site"]].append(at)
    for item, own in zip(problem["items"], of_item):
        low, high = {"exactly_one": (1, 1), "at_most_one": (0, 1), "any": (0, inf)}[item["choice"]]
        model.row(low, high, [(placements[at], 1) for at in own])
    for site, own, one in zip(sites, of_site, problem["sites"]):
        for kind, room in enumerate(one["capacities"]):
            uses = [(placements[at], problem["placements"][at]["uses"][kind]) for at in own]
            model.row(-inf, 0, uses + [(site, -room)])
    for one in problem["conflicts"]:
        model.row(-inf, one["most"], [(placements[at], 1) for at in one["placements"]])
    for at, parent in enumerate(problem["parents"]):
        opened = model.column(parent["fixed_cost"])
        for site, one in zip(sites, problem["sites"]):
            if one["parent"] == at:
                model.row(0, inf, [(opened, 1), (site, -1)])
    for row in problem["rows"]:
        kinds = {"site": sites, "placement": placements}
        terms = [(kinds[kind][at], value) for term, value in row["terms"] for kind, at in term.items()]
        slack = [] if row["price"] is None else [(model.column(row["price"], 0, inf, False), -1)]
        low = -inf if row["at_least"] is None else row["at_least"]
        high = inf if row["at_most"] is None else row["at_most"]
        model.row(low, high, terms + slack)
    for reach in problem["reaches"]:
        hosts = []
        for host in reach["hosts"]:
            serves = model.column(0.0, 1.0 if host["always"] else 0.0, 1.0, False)
            if not host["always"]:
                model.row(0, inf, [(placements[at], 1) for at in host["placements"]] + [(serves, -1)])
            hosts.append(serves)
        for cover in reach["covers"]:
            covering(model, reach, hosts, cover)
    return model


def covering(model, reach, hosts, cover):
    inf = highspy.kHighsInf
    (kind, cover), = cover.items()
    lists = [
        [(hosts[reach["host"][at]], reach["distance"][at]) for at in range(first, last)]
        for first, last in zip(reach["starts"], reach["starts"][1:])
    ]
    if kind == "each":
        for target, limit in zip(cover["targets"], cover["limits"]):
            model.row(1, inf, [(host, 1) for host, far in lists[target] if far <= limit])
        return
    price = cover["price"]
    slack = [] if price is None else [(model.column(price, 0, inf, False), 1 if kind == "share" else -1)]
    weighed = [(target, weight) for target, weight in enumerate(cover["weights"]) if weight]
    if kind == "share":
        total = []
        for target, weight in weighed:
            served = model.column(0.0, 0.0, 1.0, False)
            near = [(host, 1) for host, far in lists[target] if far <= cover["limit"]]
            model.row(0, inf, near + [(served, -1)])
            total.append((served, weight))
        model.row(cover["need"], inf, total + slack)
        return
    total = []
    for target, weight in weighed:
        assigned = []
        for host, far in lists[target]:
            goes = model.column(0.0, 0.0, 1.0, False)
            model.row(-inf, 0, [(goes, 1), (host, -1)])
            assigned.append((goes, 1))
            total.append((goes, weight * far))
        model.row(1, 1, assigned)
    model.row(-inf, cover["most"], total + slack)


def counties(folder):
    """Problem files of the demo's counties, with and without mean limits."""
    for place in ("place.toml", "place-mean.toml"):
        for seed in (1, 2, 3):
            where = folder / f"county-{seed}"
            if not where.exists():
                command = [ONEROOF, "demo", "--size", "county", "--seed", str(seed), where]
                subprocess.run(command, check=True, capture_output=True)
            file = folder / f"{place.removesuffix('.toml')}-{seed}.json"
            command = [ONEROOF, "plan", where / place, "--siting", file, "--only", "json"]
            command += ["--time", "1s", "--gap", "100%", "--out", folder / "plan"]
            subprocess.run(command, check=True, capture_output=True)
            yield f"county-{place.removesuffix('.toml')}-{seed}", file


def crowded(folder):
    """Problem files of sites where every item has room, half of them in the one kind of room and half in the other."""
    for sites, items in ((60, 200), (60, 1000)):
        dice = random.Random(1)
        problem = {"sites": [], "items": [], "placements": []}
        for _ in range(sites):
            cost, room = dice.randint(800, 1200), [dice.randint(80, 120), dice.randint(80, 120)]
            problem["sites"].append({"fixed_cost": cost, "capacities": room, "lock": "free", "parent": None})
        for item in range(items):
            used = dice.randint(5, 15)
            problem["items"].append({"choice": "exactly_one"})
            for site in range(sites):
                uses = [used, 0] if item % 2 == 0 else [0, used]
                one = {"item": item, "site": site, "cost": dice.randint(0, 60), "uses": uses, "requires": []}
                problem["placements"].append(one)
        problem |= {"conflicts": [], "parents": [], "rows": [], "reaches": [], "start": None, "price_per_change": 0.0}
        file = folder / f"crowded-{sites}-{items}.json"
        file.write_text(json.dumps(problem))
        yield file.stem, file


def solve_file(file, folder):
    """oneroof, then plain HiGHS on the raw model: value, proven gap, seconds."""
    began = time.perf_counter()
    command = [ONEROOF, "locate", "--siting", file, "--gap", "0", "--time", f"{SECONDS}s", "--out", folder / "answer.json"]
    subprocess.run(command, capture_output=True)
    answer = json.loads((folder / "answer.json").read_text())
    value, bound = answer["value"], answer["bound"]
    yield "oneroof", value, (value - bound) / abs(value), time.perf_counter() - began
    began = time.perf_counter()
    model = siting_model(json.loads(file.read_text()))
    value, gap, _ = solve_highs(model.cost, model.lower, model.upper, model.rows, model.whole)
    yield "highs", value, gap, time.perf_counter() - began


def main():
    print(f"{SECONDS:.0f} s for each program and instance")
    print("| instance | program | value | proven gap | seconds | × oneroof |")
    print("|---|---|---|---|---|---|")
    for one in instances():
        if NAMES and not any(name in one.name for name in NAMES):
            continue
        ours = None
        for program in (run_oneroof, run_highs, run_spopt):
            with tempfile.TemporaryDirectory() as folder:
                value, gap, seconds, note = program(one, Path(folder))
            name = program.__name__.removeprefix("run_")
            shown = "-" if value is None else f"{value:,.3f}"
            proven = note if value is None else "not said" if gap is None else f"{gap:.4%}"
            ours = ours or seconds
            # Without a proof of its own a program has spent its time, and the ratio is a least one.
            short = "" if gap == 0.0 or (gap or 1.0) < 1e-6 else "> "
            ratio = "" if value is None or program is run_oneroof else f"{short}{seconds / ours:.0f}"
            print(f"| {one.name} | {name} | {shown} | {proven} | {seconds:.2f} | {ratio} |", flush=True)
    with tempfile.TemporaryDirectory() as folder:
        for word, files in (("crowded", crowded), ("county", counties)):
            if NAMES and not any(word in name for name in NAMES):
                continue
            for name, file in files(Path(folder)):
                compare_file(name, file, Path(folder))


def compare_file(name, file, folder):
    """A line for each program on a problem file."""
    if NAMES and not any(word in name for word in NAMES):
        return
    for program, value, gap, seconds in solve_file(file, folder):
        shown = "no plan" if value is None else f"{value:,.0f}"
        proven = "-" if value is None else f"{gap:.2%}"
        print(f"| {name} | {program} | {shown} | {proven} | {seconds:.1f} | |", flush=True)


main()
