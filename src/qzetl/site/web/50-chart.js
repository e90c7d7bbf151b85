// Charts: lines over time and bars across places, each point a way to its sentence.
const SERIES_COLOURS = 6;
const NARROW = 560;
const DAY = 86400000;
const when = (day) => Date.parse(`${day}T00:00:00Z`);

function ticks(low, high, wanted) {
  const raw = (high - low || Math.abs(high) || 1) / wanted;
  const power = 10 ** Math.floor(Math.log10(raw));
  const step = [1, 2, 2.5, 5, 10].map((part) => part * power).find((part) => part >= raw);
  const first = Math.floor(low / step) * step;
  const found = [];
  for (let at = first; at < high + step; at += step) found.push(Number(at.toPrecision(12)));
  return found;
}

// `lines`: [{area, rows}], each row with period, value and n; drawn for `width` pixels.
function lineChart(lines, width, unit) {
  const height = width < NARROW ? 260 : 340;
  const all = lines.flatMap((line) => line.rows);
  const values = all.map(middle);
  const scale = stepFor(Math.max(...values.map(Math.abs)), unit);
  const marks = ticks(Math.min(...values), Math.max(...values), 5);
  const labelRoom = Math.min(96, 20 + 13 * Math.max(...lines.map((line) => shortArea(line.area).length)));
  const tickRoom = 18 + 7.2 * Math.max(...marks.map((mark) => scaled(mark, scale[0]).length));
  const box = { left: tickRoom, right: width - labelRoom, top: 30, bottom: height - 34 };
  const times = all.map((row) => when(row.end));
  const [first, last] = [Math.min(...times), Math.max(...times)];
  const x = (row) => (first === last ? (box.left + box.right) / 2 : box.left + ((when(row.end) - first) / (last - first)) * (box.right - box.left));
  const y = (value) => box.bottom - ((value - marks[0]) / (marks[marks.length - 1] - marks[0] || 1)) * (box.bottom - box.top);
  const drawing = s("svg", { viewBox: `0 0 ${width} ${height}`, width, height, class: "chart", role: "group", "aria-label": t("chart.lines") });
  drawing.append(s("text", { x: 0, y: 14, class: "axis" }, axisUnit(scale, unit)));
  for (const mark of marks) {
    drawing.append(s("line", { x1: box.left, x2: box.right, y1: y(mark), y2: y(mark), class: mark === 0 ? "grid zero" : "grid" }));
    drawing.append(s("text", { x: box.left - 8, y: y(mark) + 4, "text-anchor": "end", class: "axis" }, scaled(mark, scale[0])));
  }
  for (const [at, label] of timeLabels(all, x, box)) {
    drawing.append(s("text", { x: at, y: height - 12, "text-anchor": "middle", class: "axis" }, label));
  }
  const ends = [];
  lines.forEach((line, at) => {
    const ordered = [...line.rows].sort((one, other) => when(one.end) - when(other.end));
    const path = ordered.map((row, place) => `${place ? "L" : "M"}${x(row).toFixed(1)} ${y(middle(row)).toFixed(1)}`).join("");
    drawing.append(s("path", { d: path, class: `line c${at % SERIES_COLOURS}` }));
    for (const row of ordered) drawing.append(point(row, line.area, x(row), y(middle(row)), at));
    const end = ordered[ordered.length - 1];
    ends.push({ area: line.area, x: x(end), y: y(middle(end)), at });
  });
  for (const end of spread(ends, box)) {
    drawing.append(s("text", { x: end.x + 11, y: end.y + 4, class: `label t${end.at % SERIES_COLOURS}`, lang: "zh-CN" }, shortArea(end.area)));
  }
  return roving(drawing);
}

const axisUnit = ([, word], unit) => `${word}${unitWord(unit)}`.trim() || t("unit.count");

function timeLabels(rows, x, box) {
  const byEnd = new Map(rows.map((row) => [row.end, row]));
  const ordered = [...byEnd.values()].sort((one, other) => when(one.end) - when(other.end));
  const found = [];
  let free = -Infinity;
  for (const row of ordered) {
    const label = row.period.length === 4 ? row.period : periodName(row.period);
    const half = label.length * (/[一-龥]/.test(label) ? 5.5 : 3.6) + 6;
    const at = Math.min(Math.max(x(row), half), box.right + 60);
    if (at - half > free) {
      found.push([at, label]);
      free = at + half;
    }
  }
  return found;
}

// Labels at the lines' ends, moved apart where they would meet.
function spread(ends, box) {
  const ordered = [...ends].sort((one, other) => one.y - other.y);
  ordered.forEach((end, at) => {
    if (at) end.y = Math.max(end.y, ordered[at - 1].y + 16);
  });
  const over = ordered.length ? ordered[ordered.length - 1].y - box.bottom : 0;
  if (over > 0) for (const end of ordered) end.y -= over;
  return ordered;
}

function point(row, area, x, y, at) {
  const said = `${named("areas", area)}, ${periodName(row.period)}: ${figure(row)}`;
  const go = () => (location.hash = here({ o: row.n }));
  return s(
    "g",
    {
      class: `point c${at % SERIES_COLOURS}`, role: "button", tabindex: -1, "aria-label": said, "data-n": row.n, onclick: go,
      onkeydown: (event) => {
        if (event.key === "Enter" || event.key === " ") {
          event.preventDefault();
          go();
        }
      },
    },
    s("title", null, said),
    s("circle", { cx: x, cy: y, r: 12, class: "reach" }),
    row.agreement < 1 ? s("path", { d: `M${x} ${y - 6}l6 6l-6 6l-6 -6z`, class: "dot split" }) : s("circle", { cx: x, cy: y, r: 4, class: "dot" }),
  );
}

// One stop for the tab key; arrows go from point to point.
function roving(drawing) {
  const points = [...drawing.querySelectorAll('[role="button"]')];
  if (points.length) points[0].setAttribute("tabindex", 0);
  drawing.addEventListener("keydown", (event) => {
    const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
    const at = points.indexOf(event.target);
    if (!step || at < 0) return;
    event.preventDefault();
    const next = points[(at + step + points.length) % points.length];
    points[at].setAttribute("tabindex", -1);
    next.setAttribute("tabindex", 0);
    next.focus();
  });
  return drawing;
}

// `rows`: one place each, in the order to be drawn.
function barChart(rows, width, unit) {
  const line = 30;
  const height = rows.length * line + 34;
  const values = rows.map(middle);
  const scale = stepFor(Math.max(...values.map(Math.abs)), unit);
  const names = Math.min(width * 0.34, 24 + 13.5 * Math.max(...rows.map((row) => named("areas", row.area).length)));
  const [low, high] = [Math.min(0, ...values), Math.max(0, ...values)];
  const room = width - names - 120;
  const x = (value) => names + 10 + ((value - low) / (high - low || 1)) * room;
  const drawing = s("svg", { viewBox: `0 0 ${width} ${height}`, width, height, class: "chart", role: "group", "aria-label": t("chart.bars") });
  drawing.append(s("text", { x: names + 10, y: 14, class: "axis" }, axisUnit(scale, unit)));
  rows.forEach((row, at) => {
    const y = 26 + at * line;
    const value = middle(row);
    const said = `${named("areas", row.area)}, ${periodName(row.period)}: ${figure(row)}`;
    const go = () => (location.hash = here({ o: row.n }));
    drawing.append(
      s("text", { x: names, y: y + 16, "text-anchor": "end", class: "label", lang: "zh-CN" }, named("areas", row.area)),
      s(
        "g",
        { class: "point c1", role: "button", tabindex: -1, "aria-label": said, "data-n": row.n, onclick: go, onkeydown: (event) => event.key === "Enter" && go() },
        s("title", null, said),
        s("rect", { x: names, y, width: width - names, height: line - 4, class: "reach" }),
        s("rect", { x: Math.min(x(0), x(value)), y: y + 2, width: Math.max(2, Math.abs(x(value) - x(0))), height: line - 11, class: "bar" }),
        s("text", { x: Math.max(x(0), x(value)) + 8, y: y + 16, class: "value" }, scaled(value, scale[0])),
      ),
    );
  });
  return roving(drawing);
}
