// What every page uses: chunks of data, and elements whose text is always text.
const qz = (window.qz = {});
const held = new Map();
const coming = new Map();
qz.take = (name, content) => void held.set(name, content);

// A page opened from a folder may not fetch files, but may load scripts.
function load(name) {
  if (held.has(name)) return Promise.resolve(held.get(name));
  if (!coming.has(name)) {
    const arrival = new Promise((done, fail) => {
      const script = document.createElement("script");
      script.src = `data/${name}.js`;
      script.onload = () => (held.has(name) ? done(held.get(name)) : fail(new Error(`${script.src} holds no ${name}`)));
      script.onerror = () => {
        coming.delete(name);
        script.remove();
        fail(new Error(script.src));
      };
      document.head.append(script);
    });
    coming.set(name, arrival);
  }
  return coming.get(name);
}

const SVG = "http://www.w3.org/2000/svg";
const h = (tag, attributes, ...children) => fill(document.createElement(tag), attributes, children);
const s = (tag, attributes, ...children) => fill(document.createElementNS(SVG, tag), attributes, children);

function fill(element, attributes, children) {
  for (const [name, value] of Object.entries(attributes || {})) {
    if (value === null || value === undefined || value === false) continue;
    if (typeof value === "function") element.addEventListener(name.slice(2), value);
    else element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...children.flat(Infinity).filter((child) => child !== null && child !== undefined && child !== false));
  return element;
}

// The rows of a chunk's columns, as objects.
function rowsOf(columns) {
  const names = Object.keys(columns);
  const length = names.length ? columns[names[0]].length : 0;
  const rows = new Array(length);
  for (let at = 0; at < length; at += 1) {
    const row = {};
    for (const name of names) row[name] = columns[name][at];
    rows[at] = row;
  }
  return rows;
}

function remember(key, value) {
  try {
    localStorage.setItem(`qzetl-${key}`, value);
  } catch {
    // A reader who keeps no storage gets the defaults again next time.
  }
}

function recall(key) {
  try {
    return localStorage.getItem(`qzetl-${key}`);
  } catch {
    return null;
  }
}
