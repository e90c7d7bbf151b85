// The shell: header, language, light and dark, and which page stands in the middle.
let overview = null;
let drawn = "";
const PAGES = ["", "disagreements", "changes", "accuracy", "coverage", "data"];

function missing(what) {
  return [h("h1", null, t("missing.title")), h("p", null, t("missing.lead", { what })), h("p", null, h("a", { href: address("") }, t("nav.indicators")))];
}

async function pageFor({ page, argument, query }) {
  switch (page) {
    case "": return home(overview);
    case "indicator": return indicatorPage(argument);
    case "area": return areaPage(argument);
    case "article": return articlePage(argument, overview);
    case "disagreements": return disagreementsPage();
    case "changes": return changesPage(overview);
    case "accuracy": return accuracyPage();
    case "coverage": return coveragePage();
    case "data": return dataPage(overview);
    case "search": return searchPage(query.get("q") || "", overview);
    default: return missing(page);
  }
}

// Draws what the address says; an opened figure is drawn over the page that stands.
async function show() {
  const asked = route();
  if (asked.page === "observation") {
    const n = await numberOf(asked.argument, overview.ids);
    if (n === null) return place(missing(asked.argument), asked);
    const { article } = await observation(n);
    return turn(address("article", article.article_id, { o: n }));
  }
  const opened = asked.query.get("o");
  asked.query.delete("o");
  const wanted = `${lang} ${asked.page}/${asked.argument}?${asked.query}`;
  if (wanted !== drawn) {
    const before = drawn;
    drawn = wanted;
    let parts;
    try {
      parts = await pageFor(asked);
    } catch (error) {
      parts = [h("h1", null, t("failed.title")), h("p", null, t("failed.lead", { what: error.message }))];
    }
    if (drawn === wanted) place(parts, asked, before);
  }
  if (opened !== null && /^\d+$/.test(opened) && Number(opened) < overview.release.rows.observations) await openEvidence(Number(opened));
  else closeEvidence();
  return undefined;
}

function place(parts, asked, before) {
  const main = document.getElementById("main");
  main.replaceChildren(...[parts].flat(Infinity).filter(Boolean));
  main.setAttribute("data-page", asked.page || "home");
  const heading = main.querySelector("h1");
  document.title = `${heading ? heading.textContent : t("home.title")} · qzetl ${overview.release.version}`;
  for (const link of document.querySelectorAll("nav a")) link.toggleAttribute("aria-current", link.dataset.page === asked.page);
  const pageOf = (drawing) => (drawing || "").split("?")[0];
  if (before && pageOf(before) !== pageOf(drawn) && asked.page !== "search") {
    window.scrollTo(0, 0);
    main.focus({ preventScroll: true });
  }
}

function header() {
  const search = h("input", { type: "search", id: "search", placeholder: t("search.placeholder"), "aria-label": t("search.title"), autocomplete: "off", value: route().query.get("q") || "" });
  search.addEventListener("input", () => {
    if (route().page === "search") turn(address("search", "", { q: search.value }));
    else location.hash = address("search", "", { q: search.value });
  });
  return [
    h("a", { href: address(""), class: "brand", "aria-label": `qzetl ${t("nav.indicators")}` }, h("b", { "aria-hidden": "true" }, "数"), h("span", null, "qzetl")),
    h("nav", { "aria-label": t("nav") }, PAGES.map((page) => h("a", { href: address(page), "data-page": page, "aria-current": page === route().page ? "page" : null }, t(`nav.${page || "indicators"}`), page === "disagreements" && overview.disagreements > 0 && h("span", { class: "count" }, number(overview.disagreements))))),
    h("form", { role: "search", onsubmit: (event) => event.preventDefault() }, search),
    h("div", { class: "switches" },
      h("button", { type: "button", id: "language", lang: lang === "zh" ? "en" : "zh-CN", onclick: turnLanguage }, lang === "zh" ? "English" : "中文"),
      h("button", { type: "button", id: "theme", "aria-label": t("theme.turn"), title: t("theme.turn"), onclick: turnTheme }, "◐")),
  ];
}

function turnLanguage() {
  lang = lang === "zh" ? "en" : "zh";
  remember("lang", lang);
  drawn = "";
  frame();
  show();
  document.getElementById("language").focus();
}

const dark = () => (document.documentElement.dataset.theme || (matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light")) === "dark";
function turnTheme() {
  document.documentElement.dataset.theme = dark() ? "light" : "dark";
  remember("theme", document.documentElement.dataset.theme);
}

function frame() {
  document.documentElement.lang = lang === "zh" ? "zh-CN" : "en";
  document.getElementById("skip").textContent = t("skip");
  document.getElementById("header").replaceChildren(...header());
  document.getElementById("footer").replaceChildren(h("p", null, t("footer", { version: overview.release.version })), h("p", { class: "ways" }, h("a", { href: address("data") }, t("nav.data")), h("a", { href: "../README.md" }, "README"), h("a", { href: "https://creativecommons.org/licenses/by/4.0/", rel: "license noopener noreferrer" }, "CC BY 4.0")));
}

async function begin() {
  const theme = recall("theme");
  if (theme === "light" || theme === "dark") document.documentElement.dataset.theme = theme;
  overview = await load("overview");
  readOverview(overview);
  frame();
  const dialog = document.getElementById("evidence");
  dialog.addEventListener("close", () => {
    if (route().query.has("o")) history.pushState(null, "", here({ o: null }));
  });
  dialog.addEventListener("click", (event) => event.target === dialog && closeEvidence());
  window.addEventListener("hashchange", show);
  window.addEventListener("popstate", show);
  await show();
  document.documentElement.dataset.ready = "yes";
}

// The overview is the next script; both are there once the page is.
document.addEventListener("DOMContentLoaded", begin);
