// Links to pages.
// * One that is clicked straight out of a field: Streamlit sends the new page at once, and a moment
//   later what was typed, with the old page's name beside it. The click is lost, on a phone each
//   time. So the link waits until the field has said what was typed.
// * The one of the page that is open: Streamlit runs the page again as it is. It leads to the page
//   as the menu means it, without a chosen record or filter.
{
  const SAYING_MS = 300;
  const LINKS = '[data-testid="stSidebarNavLink"], [data-testid="stPageLink-NavLink"]';
  const FIELDS = "input, textarea";
  let leftAt = -Infinity;
  const leave = ({ target }) => {
    if (target.matches?.(FIELDS)) leftAt = performance.now();
  };
  const point = ({ target }) => {
    // not all phones leave a field for a link
    if (target.closest?.(LINKS) && document.activeElement?.matches(FIELDS)) {
      document.activeElement.blur();
    }
  };
  const begin = (link) => {
    history.pushState({}, "", link.href);
    dispatchEvent(new PopStateEvent("popstate")); // as the browser's own way back is told
  };
  const click = (event) => {
    const link = event.target.closest?.(LINKS);
    const isElsewhere = event.button || event.ctrlKey || event.metaKey || event.shiftKey;
    if (!link || isElsewhere) return;
    const isHere = link.pathname === location.pathname && link.search !== location.search;
    const isTyping = performance.now() - leftAt < SAYING_MS;
    document.dispatchEvent(new Event("leads")); // waiting.js closes the fields
    if (!isHere && !isTyping) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    leftAt = -Infinity;
    setTimeout(() => (isHere ? begin(link) : link.click()), isTyping ? SAYING_MS : 0);
  };
  document.addEventListener("focusout", leave, { capture: true, passive: true });
  document.addEventListener("pointerdown", point, { capture: true, passive: true });
  document.addEventListener("click", click, { capture: true });
}
