// Links to pages, and the browser's way back.
// * One that is clicked straight out of a field: Streamlit sends the new page at once, and a moment
//   later what was typed, with the old page's name beside it. The click is lost, on a phone each
//   time. So the link waits until what was typed is kept.
// * The one of the page that is open: Streamlit runs the page again as it is. It leads to the page
//   as the menu means it, without a chosen record or filter.
// * The way back, or forth, out of a field: Streamlit, which is told last, would send what was typed
//   with the other address. So it is told when that is kept.
{
  const SAYING_MS = 300;
  const LINKS = '[data-testid="stSidebarNavLink"], [data-testid="stPageLink-NavLink"]';
  const FIELDS = "input, textarea";
  const CLOSED = ".st-key-entry-fields[inert]"; // by waiting.js, until the run is over
  let leftAt = -Infinity;
  let isGoingBack = false;
  const leave = ({ target }) => {
    if (target.matches?.(FIELDS)) leftAt = performance.now();
  };
  const point = ({ target }) => {
    // not all phones leave a field for a link
    if (target.closest?.(LINKS) && document.activeElement?.matches(FIELDS)) {
      document.activeElement.blur();
    }
  };
  const lead = () => document.dispatchEvent(new Event("leads")); // waiting.js closes the fields
  const isTyping = () => performance.now() - leftAt < SAYING_MS;
  // the server hears of both at once when it has much to do, and the later one is all that it knows
  const onceKept = (act) => setTimeout(
    () => (document.querySelector(CLOSED) ? onceKept(act) : act()), SAYING_MS,
  );
  const tell = () => dispatchEvent(new PopStateEvent("popstate")); // as of the browser's way back
  const begin = (link) => {
    history.pushState({}, "", link.href);
    tell();
  };
  const goBack = (event) => {
    if (!event.isTrusted) return;
    lead(); // a field that is being typed into is left
    if (!isTyping() && !isGoingBack) return;
    event.stopImmediatePropagation();
    if (isGoingBack) return;
    isGoingBack = true;
    onceKept(() => {
      isGoingBack = false;
      lead(); // the run that kept the word has opened them
      tell();
    });
  };
  const click = (event) => {
    const link = event.target.closest?.(LINKS);
    const isElsewhere = event.button || event.ctrlKey || event.metaKey || event.shiftKey;
    if (!link || isElsewhere) return;
    const isHere = link.pathname === location.pathname && link.search !== location.search;
    const start = isTyping() ? onceKept : setTimeout;
    lead();
    if (!isHere && start === setTimeout) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    leftAt = -Infinity;
    start(() => (isHere ? begin(link) : link.click()));
  };
  document.addEventListener("focusout", leave, { capture: true, passive: true });
  document.addEventListener("pointerdown", point, { capture: true, passive: true });
  document.addEventListener("click", click, { capture: true });
  addEventListener("popstate", goBack, { capture: true });
}
