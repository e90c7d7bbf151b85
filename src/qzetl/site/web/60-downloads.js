// Downloads of what one looks at: CSV for spreadsheets, the chart as SVG and as a Vega-Lite specification.
function save(name, type, content) {
  const url = URL.createObjectURL(new Blob([content], { type }));
  const link = h("a", { href: url, download: name });
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(url), 1000);
}

// Text that a spreadsheet would run as a formula gets an apostrophe; numbers stay numbers.
function cell(value) {
  if (value === null || value === undefined) return "";
  if (typeof value === "number") return String(value);
  const text = /^[=+\-@\t\r]/.test(value) ? `'${value}` : String(value);
  return /[",\r\n]/.test(text) ? `"${text.replace(/"/g, '""')}"` : text;
}

function saveCsv(name, names, rows) {
  const lines = [names, ...rows.map((row) => names.map((column) => row[column]))];
  save(`${name}.csv`, "text/csv;charset=utf-8", `\ufeff${lines.map((line) => line.map(cell).join(",")).join("\r\n")}\r\n`);
}

const DRAWN = ["fill", "stroke", "stroke-width", "font-family", "font-size", "font-weight", "opacity", "stroke-dasharray"];

function saveSvg(name, drawing) {
  const copy = drawing.cloneNode(true);
  const originals = drawing.querySelectorAll("*");
  copy.querySelectorAll("*").forEach((element, at) => {
    const style = getComputedStyle(originals[at]);
    for (const property of DRAWN) element.setAttribute(property, style.getPropertyValue(property));
    for (const property of ["class", "tabindex", "role", "data-n"]) element.removeAttribute(property);
  });
  copy.setAttribute("xmlns", SVG);
  save(`${name}.svg`, "image/svg+xml", new XMLSerializer().serializeToString(copy));
}

function saveVega(name, rows, overTime, title) {
  const values = rows.map((row) => ({ area: named("areas", row.area), period: row.period, end: row.end, value: middle(row), unit: row.unit }));
  const value = { field: "value", type: "quantitative", title: null };
  const encoding = overTime
    ? { x: { field: "end", type: "temporal", title: null }, y: { ...value, scale: { zero: false } }, color: { field: "area", title: null } }
    : { y: { field: "area", sort: "-x", title: null }, x: value };
  const mark = overTime ? { type: "line", point: true } : "bar";
  const drawn = { $schema: "https://vega.github.io/schema/vega-lite/v5.json", title, width: 640, data: { values }, mark, encoding };
  save(`${name}.vl.json`, "application/json", `${JSON.stringify(drawn, null, 1)}\n`);
}
