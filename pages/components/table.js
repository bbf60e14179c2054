// Draws what table.py formatted. All text goes through textContent: no cell is ever read as HTML.

const make = (tag, attributes = {}, ...children) => {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value !== undefined && value !== null) node.setAttribute(name, value);
  }
  node.append(...children); // append() of a string makes a text node
  return node;
};

const CONTENT = {
  phone: (cell) =>
    Array.isArray(cell) ? make("a", { href: `tel:${cell[1]}` }, cell[0]) : cell,
  state: (cell) =>
    Array.isArray(cell)
      ? make("span", { class: `words state-${cell[1]}` }, make("span", { class: "mark" }), cell[0])
      : cell,
};

const cellNode = ([label, kind, role], cell, pick) => {
  let content = (CONTENT[kind] ?? String)(cell);
  if (role === "title" && pick) {
    // a real button: Tab reaches it, Enter and Space press it, and it is announced as one
    content = make("button", { type: "button", class: "open" }, content);
  }
  const empty = { "–": "none", "": "blank" }[cell] ?? "";
  return make("td", { role: "cell", class: `${kind} ${role} ${empty}` },
    make("span", { class: "label", "aria-hidden": "true" }, label),
    make("span", { class: "value" }, content));
};

const rowNode = (data, row, index, send) => {
  const pick = data.keys?.[index] && (() => {
    // delivery/waiting.js closes the fields of a form that this leads away from
    node.dispatchEvent(new Event("leads", { bubbles: true, composed: true }));
    send("pick", [data.name, data.keys[index]]);
  });
  const cells = row.map((cell, at) => cellNode(data.columns[at], cell, pick));
  const node = make("tr", { role: "row", class: pick ? "pickable" : null }, ...cells);
  if (data.keys && !pick) node.append(make("td", { class: "go", "aria-hidden": "true" }));
  if (!pick) return node;
  node.append(make("td", { class: "go", "aria-hidden": "true" }, "›"));
  node.addEventListener("click", (event) => {
    // a link in the row keeps its own act, and marking text to copy is not a click
    if (event.target.closest("a") || String(getSelection())) return;
    node.classList.add("picked");
    pick();
  });
  return node;
};

const headNode = (data) => {
  const heads = data.columns.map(([label, kind, role]) =>
    make("th", { role: "columnheader", scope: "col", class: `${kind} ${role}` }, label));
  if (data.keys) heads.push(make("td", { class: "go", "aria-hidden": "true" }));
  return make("thead", { role: "rowgroup" }, make("tr", { role: "row" }, ...heads));
};

const tableNode = (data, send) =>
  make("table", { role: "table" },
    make("caption", {}, data.caption),
    headNode(data),
    make("tbody", { role: "rowgroup" },
      ...data.rows.map((row, index) => rowNode(data, row, index, send))));

const turnNode = (root, data, step, label, send) => {
  const to = data.page + step;
  const off = to < 1 || to > data.pages;
  // aria-disabled rather than disabled: the focus stays on the button when the last page is reached
  const node = make("button", { type: "button", class: "turn", "data-step": step,
    "aria-disabled": String(off) }, label);
  node.addEventListener("click", () => {
    if (off || root.getAttribute("aria-busy") === "true") return;
    root.setAttribute("aria-busy", "true");
    send("turn", [data.name, to]);
  });
  return node;
};

const pagerNode = (root, data, send) => {
  const summary = make("span", { class: "summary", role: "status" }, data.summary);
  if (data.pages === 1) return make("div", { class: "pager" }, summary);
  return make("nav", { class: "pager", "aria-label": `หน้าของ${data.caption}` },
    summary,
    make("span", { class: "turns" },
      turnNode(root, data, -1, "‹ ก่อนหน้า", send),
      make("span", { class: "at" }, `หน้า ${data.page}/${data.pages}`),
      turnNode(root, data, 1, "ถัดไป ›", send)));
};

const titleNode = (data) =>
  make("div", { class: "head" },
    make("h3", {}, data.title),
    ...data.files.map(([form, address]) =>
      make("a", { class: "file", href: address, "aria-label": `${form}: ${data.title}` }, form)));

const bodyNodes = (root, data, send) => [
  ...(data.title ? [titleNode(data)] : []),
  ...(data.rows.length
    ? [tableNode(data, send), pagerNode(root, data, send)]
    : [make("p", { class: "empty", role: "status" }, data.empty)]),
];

const draw = (root, data, send) => {
  const before = root.dataset.page;
  const step = root.getRootNode().activeElement?.closest(".table") === root
    && root.getRootNode().activeElement.dataset.step;
  root.replaceChildren(...bodyNodes(root, data, send));
  root.removeAttribute("aria-busy");
  root.dataset.page = data.page;
  if (step) root.querySelector(`[data-step="${step}"]`)?.focus({ preventScroll: true });
  if (before && before !== String(data.page)) root.scrollIntoView({ block: "start" });
};

export default function ({ data: sent, parentElement, setTriggerValue }) {
  const tables = JSON.parse(new TextDecoder().decode(sent));
  const roots = parentElement.querySelector(".tables");
  while (roots.children.length > tables.length) roots.lastChild.remove();
  while (roots.children.length < tables.length) roots.append(make("div", { class: "table" }));
  tables.forEach((data, at) => draw(roots.children[at], data, setTriggerValue));
  document.documentElement.dataset.list = "drawn"; // charts.js waits for it
}
