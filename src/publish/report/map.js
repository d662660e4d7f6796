// The map: shapes and words come from the block of data, and are put in as text, never as markup.
(() => {
  const NS = "http://www.w3.org/2000/svg";
  const id = name => document.getElementById(name);
  const data = JSON.parse(id("map-data").textContent);
  const map = id("map");
  const el = (name, attributes, ...inside) => {
    const made = document.createElementNS(NS, name);
    for (const key in attributes) made.setAttribute(key, attributes[key]);
    made.append(...inside);
    return made;
  };
  const html = (name, words, className) => {
    const made = document.createElement(name);
    if (words !== undefined) made.textContent = words;
    if (className) made.className = className;
    return made;
  };
  const svg = el("svg", { "aria-hidden": "true", focusable: "false", preserveAspectRatio: "xMidYMid meet" });

  // What is worse is hatched, so that a grey print tells it.
  const hatches = [
    ["h-further", "#f46a25", [["M-1 1L1-1M0 8L8 0M7 9L9 7", "#1f1f1f", 1]]],
    ["h-much", "#801650", [["M-1 1L1-1M0 8L8 0M7 9L9 7M-1 7L1 9M0 0L8 8M7-1L9 1", "#fff", 1]]],
    ["h-cut", "#f46a25", [["M-1 1L1-1M0 8L8 0M7 9L9 7M-1 7L1 9M0 0L8 8M7-1L9 1M4 0V8M0 4H8", "#1f1f1f", 1.2]]],
    ["h-none", "#a285d1", [["M-1 7L1 9M0 0L8 8M7-1L9 1", "#1f1f1f", 1.3]]],
    ["h-nobody", "#f4f2ec", [["M-1 7L1 9M0 0L8 8M7-1L9 1", "#a9a9a9", 0.6]]],
  ];
  const hatched = before => hatches.map(([name, fill, lines]) => el("pattern",
    { id: before + name, width: 8, height: 8, patternUnits: "userSpaceOnUse" },
    el("rect", { width: 8, height: 8, fill }),
    ...lines.map(([d, stroke, width]) => el("path", { d, stroke, "stroke-width": width, fill: "none" }))));
  // Those of the map grow with it; those of the legend do not.
  const patterns = hatched("");
  svg.append(el("defs", {}, ...patterns, ...hatched("legend-")));

  const zoneLayer = el("g", {}), moveLayer = el("g", {}), markLayer = el("g", {}), nameLayer = el("g", {});
  svg.append(zoneLayer, el("path", { d: data.edge, class: "edge" }), moveLayer, markLayer, nameLayer);
  map.append(svg);
  const tip = html("div", "", "tip");
  tip.hidden = true;
  const scale = html("div", undefined, "scalebar");
  const bar = html("i"), barWords = html("span"), barBox = html("span");
  barBox.append(barWords, bar);
  const north = html("span", undefined, "north");
  north.append("▲", html("br"), "N");
  scale.append(north, barBox);
  map.append(tip, scale);

  // What is shown.
  const whole = { x: 0, y: 0, w: data.width, h: data.height };
  let view = { ...whole };
  const state = { when: "change", service: null, group: 0, agency: null, chosen: null };
  const fixed = [];
  const fit = () => Math.max(view.w / map.clientWidth, view.h / map.clientHeight) || 1;

  const zones = data.zones.map((zone, at) => {
    const shape = zone.d ? el("path", { d: zone.d, "fill-rule": "evenodd" }) : el("circle", { cx: zone.x, cy: zone.y, r: 40 });
    shape.dataset.zone = at;
    zoneLayer.append(shape);
    return shape;
  });

  // Marks: a shape of its own for each action.
  const SHAPES = {
    retain: "M0-7A7 7 0 1 1 0 7A7 7 0 1 1 0-7z", host: "M-6.5-6.5H6.5V6.5H-6.5z", sell: "M0-8.6L8.6 0L0 8.6L-8.6 0z",
    release_lease: "M-8-6H8L0 8.4z", transfer: "M0-8.4L8 6H-8z", sublet: "M0-8L7.6-2.5L4.7 6.5H-4.7L-7.6-2.5z",
    mothball: "M0-7A7 7 0 1 1 0 7A7 7 0 1 1 0-7zM0-4A4 4 0 1 0 0 4A4 4 0 1 0 0-4z",
    outside: "M0-3A3 3 0 1 1 0 3A3 3 0 1 1 0-3z",
  };
  const symbol = action => SHAPES[action] || SHAPES.outside;
  const order = { outside: 0, retain: 1, host: 2 };
  const marks = data.buildings.map((building, at) => {
    if (!building.at) return null;
    const words = el("text", { x: 11, y: 4 }), label = el("g", { class: "name" }, words);
    words.textContent = building.name;
    label.style.display = "none";
    nameLayer.append(label);
    const halo = el("path", { class: "halo" }), sym = el("path", {}), ring = el("circle", { r: 13, class: "ring" });
    const mark = el("g", { class: "mark" }, halo, sym, ring);
    mark.dataset.building = at;
    fixed.push([mark, building.at, 0, true], [label, building.at, 0]);
    return { mark, halo, sym, label, words, order: order[building.action] ?? 3 };
  });
  data.buildings.map((_, at) => at).filter(at => marks[at])
    .sort((a, b) => marks[a].order - marks[b].order)
    .forEach(at => markLayer.append(marks[at].mark));

  const moves = data.moves.map(move => {
    const from = data.buildings[move.from].at, to = data.buildings[move.to].at;
    if (!from || !to) return null;
    const dx = to[0] - from[0], dy = to[1] - from[1];
    const mid = [(from[0] + to[0]) / 2 - dy * 0.16, (from[1] + to[1]) / 2 + dx * 0.16];
    const d = "M" + from + "Q" + mid + " " + to;
    const halo = el("path", { d, class: "move-halo" }), line = el("path", { d, class: "move" });
    const head = el("g", {}, el("path", { d: "M-9 0L-20-5L-17 0L-20 5z", class: "head" }));
    const turn = Math.atan2(to[1] - mid[1], to[0] - mid[0]) * 180 / Math.PI;
    fixed.push([head, to, turn]);
    moveLayer.append(halo, line, head);
    return { move, parts: [halo, line, head.firstChild], all: [halo, line, head], line };
  });

  // Where there are many marks they are smaller while the whole is seen, and grow as it comes nearer.
  const CROWDED = 24, SMALLEST = 0.66;
  const markSize = () => {
    if (data.buildings.length <= CROWDED) return 1;
    const nearer = Math.log(whole.w / view.w) / Math.log(4);
    return SMALLEST + (1 - SMALLEST) * Math.min(1, Math.max(0, nearer));
  };

  let drawnAt = 0;
  function draw() {
    const k = fit(), size = markSize();
    svg.setAttribute("viewBox", [view.x, view.y, view.w, view.h].join(" "));
    // Moving about changes no size.
    if (k !== drawnAt) {
      drawnAt = k;
      for (const [node, at, turn, isMark] of fixed) {
        const grown = isMark ? k * size : k;
        node.setAttribute("transform", "translate(" + at + ") scale(" + grown + ")" + (turn ? " rotate(" + turn + ")" : ""));
      }
      for (const pattern of patterns) pattern.setAttribute("patternTransform", "scale(" + k + ")");
      for (const [at, zone] of zones.entries()) if (!data.zones[at].d) zone.setAttribute("r", 6 * k);
    }
    const wanted = 110 * k / data.km, power = 10 ** Math.floor(Math.log10(wanted));
    const km = [5, 2, 1].map(step => step * power).find(step => step <= wanted) || power;
    bar.style.width = Math.round(km * data.km / k) + "px";
    barWords.textContent = km < 1 ? Math.round(km * 1000) + " m" : km + " km";
    names(k);
  }

  // Names that cover no other name and no mark, what is let go first; to the right of their mark, else to the left.
  const MOST_AVOIDED = 1500;
  function names(k) {
    const on = id("show-names").checked && id("show-actions").checked;
    const spot = at => [(data.buildings[at].at[0] - view.x) / k, (data.buildings[at].at[1] - view.y) / k];
    const seen = data.buildings.map((_, at) => at).filter(at => {
      if (!on || !marks[at] || marks[at].mark.style.display === "none") return false;
      const [x, y] = data.buildings[at].at;
      return x >= view.x && y >= view.y && x <= view.x + view.w && y <= view.y + view.h;
    });
    const taken = seen.length > MOST_AVOIDED ? [] : seen.map(at => {
      const [x, y] = spot(at);
      return [x - 6, y - 6, x + 6, y + 6];
    });
    const free = box => taken.every(other => box[2] < other[0] || box[0] > other[2] || box[3] < other[1] || box[1] > other[3]);
    for (const drawn of marks) if (drawn) drawn.label.style.display = "none";
    for (const at of seen.sort((a, b) => marks[b].order - marks[a].order)) {
      const { label, mark, words } = marks[at], [x, y] = spot(at), wide = data.buildings[at].name.length * 6.6;
      if (mark.classList.contains("dim")) continue;
      const right = [x + 9, y - 8, x + 13 + wide, y + 8], left = [x - 13 - wide, y - 8, x - 9, y + 8];
      const box = [right, left].find(free);
      if (!box) continue;
      taken.push(box);
      words.setAttribute("x", box === right ? 11 : -11);
      words.setAttribute("text-anchor", box === right ? "start" : "end");
      label.style.display = "";
    }
  }

  function zoom(by, at) {
    const centre = at || [view.x + view.w / 2, view.y + view.h / 2];
    const w = Math.min(whole.w * 1.6, Math.max(whole.w / 60, view.w / by)), real = view.w / w;
    view = { x: centre[0] - (centre[0] - view.x) / real, y: centre[1] - (centre[1] - view.y) / real, w, h: view.h / real };
    keepIn();
  }
  function keepIn() {
    const middle = (low, value, size, all) => Math.min(low + all - size / 2, Math.max(low - size / 2, value));
    view.x = middle(0, view.x, view.w, whole.w);
    view.y = middle(0, view.y, view.h, whole.h);
    draw();
  }
  const pan = (dx, dy) => { view.x += dx * view.w; view.y += dy * view.h; keepIn(); };
  const all = () => { view = { ...whole }; draw(); };

  // The window, a sixth as wide as the whole, that holds most buildings of the plan.
  let closest = null;
  function crowd() {
    if (!closest) {
      const spots = data.buildings.filter(building => building.at && building.action !== "outside").map(building => building.at);
      const w = whole.w / 6, h = w * whole.h / whole.w;
      const within = ([x, y]) => spots.filter(([a, b]) => Math.abs(a - x) < w / 2 && Math.abs(b - y) < h / 2);
      // Some of many are enough to find it.
      const every = Math.ceil(spots.length / 400);
      let most = [];
      spots.forEach((spot, at) => {
        const here = at % every === 0 ? within(spot) : [];
        if (here.length > most.length) most = here;
      });
      if (!most.length) return;
      const middle = axis => most.reduce((sum, spot) => sum + spot[axis], 0) / most.length;
      closest = { x: middle(0) - w / 2, y: middle(1) - h / 2, w, h };
    }
    view = { ...closest };
    keepIn();
  }

  // Layers.
  const CLASS_OF_DISTANCE = ["d0", "d1", "d2", "d3", "k7"];
  function distanceClasses(layer) {
    const [a, b, c] = layer.breaks;
    return ["Up to " + a + " km", a + " to " + b + " km", b + " to " + c + " km", "Over " + c + " km", "Reaches none"];
  }
  const distanceClass = (layer, km) => km === null ? 4 : layer.breaks.filter(end => km > end).length;

  // Class of every zone, words and colour of every class, and people in each, for what is shown.
  function shaded() {
    if (state.service === null) return null;
    const layer = data.services[state.service];
    const nobody = new Set(layer.nobody);
    if (state.when === "change" && !layer.unchanged) {
      return {
        layer, of: layer.of, words: layer.classes, people: layer.people[state.group][0],
        look: layer.classes.map((_, at) => "k" + at), title: "Change of the way to: " + layer.name,
      };
    }
    const before = state.when === "today", km = before ? layer.today : layer.after;
    return {
      layer, of: km.map((far, at) => nobody.has(at) ? 5 : distanceClass(layer, far)),
      words: [...distanceClasses(layer), "Nobody who needs it"],
      people: layer.people[state.group][before ? 1 : 2], look: [...CLASS_OF_DISTANCE, "k8"],
      title: "Way to: " + layer.name + (before ? ", before" : ", after") + (state.when === "change" ? " (nobody's changes)" : ""),
    };
  }

  const LET_GO = new Set(["sell", "release_lease", "transfer", "sublet", "mothball"]);
  function looks(building) {
    if (state.when === "today") return building.action === "outside" ? "outside" : "retain";
    return building.action;
  }
  function belongs(building) {
    return state.agency === null || building.agency === state.agency;
  }

  function show() {
    const shade = shaded();
    for (const [at, zone] of zones.entries()) {
      zone.setAttribute("class", "zone " + (shade ? shade.look[shade.of[at]] : ""));
    }
    const actions = id("show-actions").checked;
    for (const [at, building] of data.buildings.entries()) {
      const drawn = marks[at];
      if (!drawn) continue;
      const look = looks(building), gone = state.when === "after" && LET_GO.has(building.action);
      drawn.mark.style.display = actions && !gone ? "" : "none";
      drawn.halo.setAttribute("d", symbol(look));
      drawn.sym.setAttribute("d", symbol(look));
      drawn.sym.setAttribute("class", "sym s-" + look);
      drawn.mark.classList.toggle("dim", !belongs(building));
      drawn.mark.classList.toggle("on", state.chosen === at);
    }
    const arrows = id("show-moves").checked && state.when !== "today";
    for (const one of moves) {
      if (!one) continue;
      const { move } = one;
      const own = state.agency === null || move.agency === state.agency;
      const on = state.chosen !== null && (move.from === state.chosen || move.to === state.chosen);
      for (const part of one.all) part.style.display = arrows ? "" : "none";
      for (const part of one.parts) part.classList.toggle("dim", !own || (state.chosen !== null && !on));
      one.line.classList.toggle("on", on);
    }
    legend(shade);
    draw();
  }

  // The legend, which counts.
  function swatch(look) {
    const box = el("svg", { width: 26, height: 18, viewBox: "0 0 26 18", "aria-hidden": "true", class: "swatch" });
    box.append(el("rect", { x: 1, y: 1, width: 24, height: 16, class: "zone " + look }));
    return box;
  }
  function legendRow(picture, words, figure) {
    const row = html("tr"), first = html("td"), name = html("th", words);
    name.scope = "row";
    first.append(picture);
    row.append(first, name, html("td", figure, "n"));
    return row;
  }
  function legendTable(title) {
    const made = html("table");
    made.append(html("caption", title));
    id("legend").append(made);
    const body = html("tbody");
    made.append(body);
    return body;
  }
  function legend(shade) {
    id("legend").replaceChildren();
    if (id("show-actions").checked) {
      const counts = new Map();
      for (const building of data.buildings) {
        const look = looks(building);
        if (!belongs(building) || (state.when === "after" && LET_GO.has(look))) continue;
        const words = state.when === "today" ? (look === "outside" ? "Not in the plan" : "In use or held today") : building.words;
        const key = look + "|" + words;
        counts.set(key, (counts.get(key) || 0) + 1);
      }
      const body = legendTable("Buildings" + (state.agency === null ? "" : ": " + data.agencies[state.agency][1]));
      for (const [key, many] of [...counts].sort((a, b) => b[1] - a[1])) {
        const [look, words] = key.split("|");
        const box = el("svg", { width: 26, height: 20, viewBox: "-13 -10 26 20", "aria-hidden": "true" },
          el("path", { d: symbol(look), class: "s-" + look, stroke: "#1f1f1f", "stroke-width": 0.8 }));
        body.append(legendRow(box, words, many.toLocaleString("en-GB")));
      }
    }
    if (id("show-moves").checked && state.when !== "today" && data.moves.length) {
      const own = data.moves.filter(move => state.agency === null || move.agency === state.agency).length;
      const box = el("svg", { width: 26, height: 14, viewBox: "0 0 26 14", "aria-hidden": "true" },
        el("path", { d: "M1 10Q12 0 20 6", fill: "none", stroke: "#1f1f1f", "stroke-width": 1.6 }),
        el("path", { d: "M25 9L16 8L19 3z", fill: "#1f1f1f" }));
      legendTable("Moves").append(legendRow(box, "From the old building to the new", own.toLocaleString("en-GB")));
    }
    if (shade) {
      const who = state.group === 0 ? "people who need it" : "people: " + data.groups[state.group - 1] + " (shares of zones)";
      const body = legendTable(shade.title + "; " + who);
      for (const [at, words] of shade.words.entries()) {
        if (shade.of.includes(at)) body.append(legendRow(swatch(shade.look[at]), words, shade.people[at] || ""));
      }
    } else {
      id("legend").append(html("p", "Choose a service under Access to shade the zones by how far it is.", "source"));
    }
  }

  // What is said of a building.
  const list = id("building");
  data.buildings.map((building, at) => [building.name, at])
    .sort((a, b) => a[0].localeCompare(b[0], "en", { numeric: true }))
    .forEach(([name, at]) => {
      const one = html("option", name + " – " + data.agencies[data.buildings[at].agency][1]);
      one.value = at;
      list.append(one);
    });
  function part(title) {
    id("told").append(html("h4", title));
  }
  function points(lines) {
    const made = html("ul");
    for (const line of lines) made.append(html("li", line));
    id("told").append(made);
  }
  function choose(at, look) {
    state.chosen = at;
    const told = id("told");
    told.replaceChildren();
    list.value = at === null ? "" : String(at);
    if (at !== null) {
      const building = data.buildings[at];
      told.append(html("p", building.name, "name"), html("p", data.agencies[building.agency][1], "whose"));
      const facts = html("dl");
      for (const [label, value] of building.told.facts) facts.append(html("dt", label), html("dd", value));
      told.append(facts);
      if (building.told.why.length) { part("The opposite, worked out again"); points(building.told.why); }
      if (building.told.who.length) { part("Who is in it"); points(building.told.who); }
      if (building.told.money.length) money(building.told.money);
      if (!building.at) told.append(html("p", "It has no place on the map.", "source"));
      id("said").textContent = building.name + ": " + building.words;
      if (building.at && look) {
        const w = Math.min(view.w, whole.w / 4), h = w * view.h / view.w;
        view = { x: building.at[0] - w / 2, y: building.at[1] - h / 2, w, h };
        keepIn();
      }
    }
    if (at !== null && marks[at]) markLayer.append(marks[at].mark);
    show();
  }
  function money(lines) {
    part("Its cash-flow, today and under the plan");
    const box = html("div", undefined, "scroll"), table = html("table"), head = html("tr"), body = html("tbody"), top = html("thead");
    box.tabIndex = 0;
    box.setAttribute("role", "region");
    box.setAttribute("aria-label", "Cash-flow of the building");
    for (const [at, words] of ["Line", "When", "Today", "After", "Present value"].entries()) {
      const cell = html("th", words, at > 1 ? "n" : "");
      cell.scope = "col";
      head.append(cell);
    }
    for (const line of lines) {
      const row = html("tr");
      for (const [at, words] of line.entries()) {
        const cell = html(at === 0 ? "th" : "td", words, at > 1 ? "n" : "");
        if (at === 0) cell.scope = "row";
        row.append(cell);
      }
      body.append(row);
    }
    top.append(head);
    table.append(top, body);
    box.append(table);
    id("told").append(box, html("p", "ledger.csv; present value against today: positive is better off.", "source"));
  }
  function step(by) {
    const able = data.buildings.map((_, at) => at).filter(at =>
      data.buildings[at].at && belongs(data.buildings[at]) && data.buildings[at].action !== "outside");
    if (!able.length) return;
    const at = able.indexOf(state.chosen);
    choose(able[(at + by + able.length) % able.length], true);
  }

  // Controls.
  for (const [at, name] of data.groups.entries()) {
    const one = html("option", name);
    one.value = at + 1;
    id("group").append(one);
  }
  for (const [at, [, name]] of data.agencies.entries()) {
    const one = html("option", name);
    one.value = at;
    id("agency").append(one);
  }
  id("controls").addEventListener("submit", event => event.preventDefault());
  id("controls").addEventListener("change", () => {
    const number = name => id(name).value === "" ? null : Number(id(name).value);
    state.when = document.querySelector("input[name=when]:checked").value;
    state.service = number("service");
    state.group = number("group");
    state.agency = number("agency");
    show();
  });
  list.addEventListener("change", () => choose(list.value === "" ? null : Number(list.value), true));
  id("zoom-in").addEventListener("click", () => zoom(1.6));
  id("zoom-out").addEventListener("click", () => zoom(1 / 1.6));
  id("zoom-all").addEventListener("click", all);
  id("zoom-crowd").addEventListener("click", crowd);
  map.addEventListener("keydown", event => {
    const keys = {
      ArrowLeft: () => pan(-0.12, 0), ArrowRight: () => pan(0.12, 0), ArrowUp: () => pan(0, -0.12), ArrowDown: () => pan(0, 0.12),
      "+": () => zoom(1.6), "=": () => zoom(1.6), "-": () => zoom(1 / 1.6), "0": all, c: crowd, n: () => step(1), p: () => step(-1),
      Enter: () => state.chosen !== null && id("about-h").focus(), Escape: () => choose(null),
    };
    const act = keys[event.key.length === 1 ? event.key.toLowerCase() : event.key];
    if (!act || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    act();
  });
  const spot = event => {
    const box = map.getBoundingClientRect(), k = fit();
    return [view.x + view.w / 2 + (event.clientX - box.left - box.width / 2) * k,
      view.y + view.h / 2 + (event.clientY - box.top - box.height / 2) * k];
  };
  map.addEventListener("wheel", event => {
    if (!event.ctrlKey && !event.metaKey && document.activeElement !== map) return;
    event.preventDefault();
    zoom(event.deltaY < 0 ? 1.25 : 0.8, spot(event));
  }, { passive: false });
  map.addEventListener("dblclick", event => zoom(event.shiftKey ? 0.5 : 2, spot(event)));
  const held = new Map();
  let travelled = 0, apart = 0;
  map.addEventListener("pointerdown", event => {
    held.set(event.pointerId, [event.clientX, event.clientY]);
    travelled = 0;
    apart = 0;
  });
  map.addEventListener("pointermove", event => {
    const last = held.get(event.pointerId);
    if (!last) return hover(event);
    const [dx, dy] = [event.clientX - last[0], event.clientY - last[1]];
    travelled += Math.abs(dx) + Math.abs(dy);
    held.set(event.pointerId, [event.clientX, event.clientY]);
    if (held.size === 2) {
      const [a, b] = [...held.values()], now = Math.hypot(a[0] - b[0], a[1] - b[1]);
      if (apart) zoom(now / apart, spot({ clientX: (a[0] + b[0]) / 2, clientY: (a[1] + b[1]) / 2 }));
      apart = now;
    } else if (travelled > 4) {
      map.classList.add("drag");
      if (!map.hasPointerCapture(event.pointerId)) map.setPointerCapture(event.pointerId);
      const k = fit();
      view.x -= dx * k;
      view.y -= dy * k;
      keepIn();
    }
  });
  for (const end of ["pointerup", "pointercancel"]) {
    map.addEventListener(end, event => {
      held.delete(event.pointerId);
      map.classList.remove("drag");
      if (end === "pointerup" && travelled <= 4) {
        const mark = event.target.closest && event.target.closest("[data-building]");
        if (mark) choose(Number(mark.dataset.building), false);
      }
    });
  }
  map.addEventListener("pointerleave", () => { tip.hidden = true; });
  function hover(event) {
    const mark = event.target.closest("[data-building]"), zone = event.target.closest("[data-zone]");
    let words = "";
    if (mark) {
      const building = data.buildings[mark.dataset.building];
      words = building.name + " – " + (state.when === "today" ? data.agencies[building.agency][1] : building.words);
    } else if (zone) {
      const at = Number(zone.dataset.zone), one = data.zones[at];
      words = one.name + ", " + one.people + " people";
      if (state.service !== null) {
        const layer = data.services[state.service], far = km => km === null ? "none in reach" : km.toFixed(2) + " km";
        words += ". " + layer.name + ": " + far(layer.today[at]) + " today, " + far(layer.after[at]) + " after";
      }
    }
    tip.hidden = words === "";
    tip.textContent = words;
    const box = map.getBoundingClientRect();
    const left = event.clientX - box.left, top = event.clientY - box.top;
    tip.style.left = Math.min(left + 14, Math.max(0, box.width - 290)) + "px";
    tip.style.top = (top + 16) + "px";
  }
  for (const button of document.querySelectorAll("[data-at]")) {
    button.addEventListener("click", () => {
      const at = data.buildings.findIndex(building => building.id === button.dataset.at);
      if (at < 0) return;
      id("map-part").scrollIntoView();
      choose(at, true);
      id("about-h").focus({ preventScroll: true });
    });
  }
  new ResizeObserver(draw).observe(map);
  window.addEventListener("beforeprint", draw);
  show();
})();
