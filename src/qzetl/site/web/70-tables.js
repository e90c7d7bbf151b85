// Tables that stay quick: a page of rows at a time, sorted by a click on a column's head.
const PAGE = 100;

// `heads`: [{key, label, numeric, cell(row), order(row)}]; `state` keeps sort and length between drawings.
function dataTable(caption, heads, rows, state) {
  const holder = h("div", { class: "table-holder" });
  const draw = () => {
    const sorted = sortRows(heads, rows, state);
    const shown = sorted.slice(0, state.shown || PAGE);
    const table = h(
      "table",
      null,
      h("caption", { class: "sr" }, caption),
      h("thead", null, h("tr", null, heads.map((head) => headCell(head, state, draw)))),
      h("tbody", null, shown.map((row) => h("tr", null, heads.map((head) => h("td", { class: head.numeric ? "numeric" : head.key }, head.cell(row)))))),
    );
    const more = sorted.length > shown.length &&
      h("button", { type: "button", class: "more", onclick: () => { state.shown = (state.shown || PAGE) + 5 * PAGE; draw(); } }, t("table.more", { shown: number(shown.length), all: number(sorted.length) }));
    holder.replaceChildren(h("div", { class: "scroll", tabindex: 0, role: "region", "aria-label": caption }, table), ...(more ? [more] : []));
  };
  draw();
  return holder;
}

function headCell(head, state, draw) {
  if (!head.order) return h("th", { scope: "col", class: head.numeric ? "numeric" : null }, head.label);
  const sorted = state.sort === head.key ? (state.down ? "descending" : "ascending") : "none";
  const turnOver = () => {
    state.down = state.sort === head.key ? !state.down : Boolean(head.numeric);
    state.sort = head.key;
    draw();
  };
  return h("th", { scope: "col", "aria-sort": sorted, class: head.numeric ? "numeric" : null }, h("button", { type: "button", onclick: turnOver }, head.label));
}

function sortRows(heads, rows, state) {
  const head = heads.find(({ key }) => key === state.sort);
  if (!head) return rows;
  const way = state.down ? -1 : 1;
  return rows.map((row) => [head.order(row), row]).sort(([one], [other]) => (one < other ? -way : one > other ? way : 0)).map(([, row]) => row);
}

const bar = (part, whole) => h("span", { class: "share", "aria-hidden": "true" }, h("span", { style: `width:${whole ? (100 * part) / whole : 0}%` }));
const percent = (part, whole) => (whole ? `${((100 * part) / whole).toFixed(1)}%` : "–");
