// Addresses: `#/page/argument?key=value`. Every view and every opened figure has one.
function route() {
  const [path, query] = location.hash.replace(/^#\/?/, "").split("?");
  const [page, ...rest] = path.split("/").map(decodeURIComponent);
  return { page: page || "", argument: rest.join("/"), query: new URLSearchParams(query || "") };
}

function address(page, argument, query) {
  const kept = Object.entries(query || {}).filter(([, value]) => value !== null && value !== undefined && value !== "");
  const path = [page, argument].filter(Boolean).map(encodeURIComponent).join("/");
  const asked = new URLSearchParams(kept).toString();
  return `#/${path}${asked ? `?${asked}` : ""}`;
}

// The present address with some keys changed.
function here(changes) {
  const { page, argument, query } = route();
  return address(page, argument, { ...Object.fromEntries(query), ...changes });
}

function turn(to) {
  history.replaceState(null, "", to);
  show();
}

// A number that opens its sentence.
function opens(n, ...children) {
  if (n === null || n === undefined) return h("span", { class: "figure" }, children);
  return h("a", { class: "figure", href: here({ o: n }), "data-n": n, title: t("figure.open") }, children);
}
