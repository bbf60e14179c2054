// The fields of a form, closed while the page is run and what is typed there would be lost.
// * A line that was cut and is there again, perhaps to a server that was started anew. Streamlit lets
//   the page stand until the next click or field. The server that stayed may not have heard what was
//   on its way; a new one knows nothing of what stood there, so it would take that field's own text
//   for the old one and put the kept value back. So the page is run first; then the field that was
//   being typed into gets its text again and says it: it was closed within the word, and what is
//   closed is not left. So does the one that was left last, if no run was over since: what it said
//   may have been on its way. Whoever loads the page anew meanwhile is asked first.
// * A click that leads on, to another step, authority, round or page, and the browser's way back. The
//   old fields stand until the answer is here; the run that draws the new ones drops what was typed
//   into the old after the click. What leads to where one is already makes no run: they open again.
{
  const LINE = "data-test-connection-state";
  const RUN = "data-test-script-state";
  const IDLE = `[${RUN}="notRunning"]`;
  const FIELDS = ".st-key-entry-fields";
  const STEPS = ".st-key-entry-steps";
  const OPEN_FILTER = '.st-key-header-row [role="combobox"][aria-expanded="true"]';
  const LONGEST_MS = 20_000;
  const BEGINNING_MS = 1000; // whatever asks for a run has sent it by then
  const QUIET_MS = 300; // a run that says no more for so long and is not drawn as running is over
  const RERUN_KEY = { key: "r", bubbles: true }; // Streamlit's own
  const DRAWING_MS = 300; // a run is over before the browser has put its values into the fields
  let entered = null;
  let typed = null;
  let left = null;
  let unheard = null; // what was left before the line was cut, until it is said again
  let isCut = false;
  let stage = "never there";
  let focused = null;
  let longest = 0;
  let quiet = 0;
  let isSent = false; // something that the server has not begun with
  const lines = new WeakSet();
  const send = WebSocket.prototype.send;
  WebSocket.prototype.send = function (...what) {
    isSent = true;
    if (!lines.has(this)) this.addEventListener("message", hear);
    lines.add(this);
    return send.apply(this, what);
  };
  const isIn = (node) => node?.closest?.(FIELDS);
  const close = (isClosed, what = FIELDS) => {
    for (const each of document.querySelectorAll(what)) each.inert = isClosed;
  };
  const open = () => {
    stage = "there";
    close(false);
    if (isCut) {
      unheard = left;
      setTimeout(goOn, DRAWING_MS);
    }
    left = null;
    isCut = false;
    if (typed?.field.isConnected && typed.field !== document.activeElement) say(typed);
    // a keyboard goes on where it was: what is closed loses the focus
    if (focused?.isConnected && document.activeElement === document.body) {
      focused.focus({ preventScroll: true });
    }
    focused = null;
  };
  const goOn = () => {
    if (unheard) sayAgain(unheard);
    unheard = null;
    close(false, STEPS);
  };
  const say = ({ field, text }) => {
    const { set } = Object.getOwnPropertyDescriptor(Object.getPrototypeOf(field), "value");
    set.call(field, text); // past React, which then hears of it as of a hand's work
    field.dispatchEvent(new Event("input", { bubbles: true }));
    field.dispatchEvent(new FocusEvent("focusout", { bubbles: true }));
  };
  // only where the old text stands again: a colleague's would be overwritten without a word
  const sayAgain = ({ field, text, before }) => {
    const isElsewhere = field.isConnected && field !== document.activeElement;
    if (isElsewhere && field.value === before) say({ field, text });
  };
  const wait = () => {
    stage = "asked";
    close(true);
    clearTimeout(longest);
    longest = setTimeout(() => { if (stage === "asked" || stage === "running") open(); }, LONGEST_MS);
  };
  const ask = () => {
    wait();
    // it says all that stands on the page: something was on its way when the line was cut
    for (const half of ["keydown", "keyup"]) {
      document.body.dispatchEvent(new KeyboardEvent(half, RERUN_KEY));
    }
  };
  const lead = () => {
    if (stage === "never there" || stage === "cut") return;
    const at = document.activeElement;
    if (isIn(at) && at.matches("input, textarea")) at.blur(); // not all phones leave a field
    else if (isIn(at)) focused = at;
    wait();
    setTimeout(() => {
      if (stage === "asked" && !isSent && document.querySelector(IDLE)) open();
    }, BEGINNING_MS);
  };
  // a run that is over before the browser draws its beginning is never seen as running
  const hear = () => {
    clearTimeout(quiet);
    if (!isSent) return;
    quiet = setTimeout(() => {
      if (!document.querySelector(IDLE)) return;
      isSent = false;
      if (!isCut) left = null;
      if (stage === "asked") open();
    }, QUIET_MS);
  };
  const isOfRun = (each) => each.attributeName === RUN;
  const follow = (seen) => {
    const { target } = seen[0];
    if (seen.some(isOfRun)) isSent = false;
    const isThere = target.getAttribute(LINE) === "CONNECTED";
    const isRunning = target.getAttribute(RUN) !== "notRunning";
    if (!isThere && stage === "never there") return;
    if (!isThere) {
      isCut = true;
      stage = "cut";
      close(true, STEPS); // Streamlit closes its own; a click there would be lost
      return;
    }
    if (stage === "never there") stage = "there";
    else if (stage === "cut") setTimeout(ask);
    else if (stage === "asked" && seen.some(isOfRun)) stage = "running";
    if (stage === "running" && !isRunning) open();
    else if (!isCut && !isRunning && seen.some(isOfRun)) left = null;
  };
  document.addEventListener("focusin", ({ target }) => {
    if (isIn(target)) entered = { field: target, before: target.value };
  }, { capture: true, passive: true });
  document.addEventListener("input", ({ target }) => {
    if (!isIn(target)) return;
    const before = entered?.field === target ? entered.before : null;
    typed = { field: target, text: target.value, before };
  }, { capture: true, passive: true });
  document.addEventListener("focusout", ({ target }) => {
    if (target !== typed?.field || target.disabled) return;
    left = typed;
    typed = null;
  }, { capture: true, passive: true });
  document.addEventListener("click", ({ target }) => {
    const isChoice = target.closest?.('[role="option"]') && document.querySelector(OPEN_FILTER);
    if (isChoice || target.closest?.(".stButton button")) lead();
  }, { capture: true, passive: true });
  document.addEventListener("keydown", ({ key, target }) => {
    if (key === "Enter" && target.matches?.(OPEN_FILTER)) lead();
  }, { capture: true, passive: true });
  addEventListener("beforeunload", (event) => {
    if (unheard || (isCut && left)) event.preventDefault();
  });
  document.addEventListener("leads", lead); // our own components and links say so
  new MutationObserver(follow)
    .observe(document, { subtree: true, attributes: true, attributeFilter: [LINE, RUN] });
}
