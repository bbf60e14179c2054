// Draws what charts.py sends: each panel's title, and below it what plotly.js makes of its figure.

const CONFIG = {
  displayModeBar: false,
  doubleClick: false,
  scrollZoom: false,
  showTips: false, // plotly's own hints are in English
};
const MISSING = "แสดงกราฟไม่ได้ โปรดโหลดหน้านี้ใหม่ ตัวเลขเดียวกันอยู่ในไฟล์ CSV และ Excel";

const make = (tag, attributes = {}) => {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value);
  return node;
};

// Words first. plotly.js is half of all that a page loads, and running it keeps the browser busy
// for about a second: it waits until the list is drawn (table.js says so), or as long as a person
// would wait for a page that has charts and no list.
const pause = (ms) => new Promise((go) => setTimeout(go, ms));
const listDrawn = async () => {
  for (let waited = 0; waited < 1500 && !document.documentElement.dataset.list; waited += 25) {
    await pause(25);
  }
  await pause(25); // the list is painted
};

const fetched = (address) =>
  new Promise((resolve, reject) => {
    const script = make("script", { src: address });
    script.onload = resolve;
    script.onerror = reject;
    document.head.append(script);
  });

// kept by the window: a page that is opened again has it at once
const plotly = async (address) => {
  window.phromPlotly ??= listDrawn().then(() => fetched(address));
  await window.phromPlotly.catch((problem) => {
    delete window.phromPlotly; // the next page tries again
    throw problem;
  });
  return window.Plotly;
};

const widths = new ResizeObserver((entries) => {
  for (const { target } of entries) if (target.querySelector(".main-svg")) window.Plotly.Plots.resize(target);
});

const placeOf = (root, { name, html, alt, figure }) => {
  const key = `of-${name}`;
  const section = root.querySelector(`.${key}`) ?? root.appendChild(make("section", { class: key }));
  if (section.shown !== html) {
    // of our own making, and escaped there
    section.querySelector(".part")?.remove();
    section.prepend(Object.assign(make("div", { class: "part" }), { innerHTML: html }));
    section.shown = html;
  }
  if (!figure) return null;
  let place = section.querySelector(".figure");
  if (!place) {
    place = section.appendChild(make("div", { class: "figure", role: "img" }));
    widths.observe(place);
  }
  place.setAttribute("aria-label", alt);
  place.style.height = `${figure.layout.height}px`; // what comes later moves nothing
  return place;
};

const drawInto = async (place, figure, script) => {
  const wanted = JSON.stringify(figure);
  if (place.wanted === wanted) return;
  place.wanted = wanted;
  try {
    const library = await plotly(script);
    if (place.wanted !== wanted || !place.isConnected) return;
    if (!place.querySelector(".main-svg")) place.textContent = "";
    await library.react(place, figure.data, figure.layout, CONFIG);
    place.removeAllListeners("plotly_click");
    place.on("plotly_click", ({ points }) => {
      if (points[0]?.customdata) place.send("pick", points[0].customdata);
    });
  } catch (problem) {
    console.error(problem);
    place.wanted = null; // the next run tries again
    place.textContent = MISSING;
    place.setAttribute("aria-label", MISSING);
  }
};

export default function ({ data: sent, parentElement, setTriggerValue }) {
  const { script, panels } = JSON.parse(new TextDecoder().decode(sent));
  const root = parentElement.querySelector(".phrom-charts");
  for (const panel of panels) {
    const place = placeOf(root, panel);
    if (!place) continue;
    place.send = setTriggerValue;
    drawInto(place, panel.figure, script);
  }
}
