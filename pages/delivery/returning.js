// A line that was cut and is there again, perhaps to a server that was started anew. Streamlit lets
// the page stand until the next click or field; a new server knows nothing of what stood there, so it
// would take that field's own text for the old one and put the kept value back. So the page is run
// first, its fields closed meanwhile; then the field that was being typed into gets its text again and
// says it: it was closed within the word, and what is closed is not left.
{
  const LINE = "data-test-connection-state";
  const RUN = "data-test-script-state";
  const FIELDS = ".st-key-entry-fields";
  const LONGEST_MS = 20_000;
  let typed = null;
  let stage = "never there";
  const close = (isClosed) => {
    for (const fields of document.querySelectorAll(FIELDS)) fields.inert = isClosed;
  };
  const open = () => {
    stage = "there";
    close(false);
    if (typed?.field.isConnected && typed.field !== document.activeElement) say(typed);
  };
  const say = ({ field, text }) => {
    const { set } = Object.getOwnPropertyDescriptor(Object.getPrototypeOf(field), "value");
    set.call(field, text); // past React, which then hears of it as of a hand's work
    field.dispatchEvent(new Event("input", { bubbles: true }));
    field.dispatchEvent(new FocusEvent("focusout", { bubbles: true }));
  };
  const ask = () => {
    stage = "asked";
    close(true);
    dispatchEvent(new PopStateEvent("popstate")); // as the browser's own way back is told
    setTimeout(() => { if (stage === "asked" || stage === "running") open(); }, LONGEST_MS);
  };
  const isOfRun = (each) => each.attributeName === RUN;
  const follow = (seen) => {
    const { target } = seen[0];
    const isThere = target.getAttribute(LINE) === "CONNECTED";
    const isRunning = target.getAttribute(RUN) !== "notRunning";
    if (!isThere) stage = stage === "never there" ? stage : "cut";
    else if (stage === "never there") stage = "there";
    else if (stage === "cut") setTimeout(ask);
    else if (stage === "asked" && seen.some(isOfRun)) stage = "running";
    if (stage === "running" && isThere && !isRunning) open();
  };
  document.addEventListener("input", ({ target }) => {
    if (target.closest?.(FIELDS)) typed = { field: target, text: target.value };
  }, { capture: true, passive: true });
  document.addEventListener("focusout", ({ target }) => {
    if (target === typed?.field && !target.disabled) typed = null;
  }, { capture: true, passive: true });
  new MutationObserver(follow)
    .observe(document, { subtree: true, attributes: true, attributeFilter: [LINE, RUN] });
}
