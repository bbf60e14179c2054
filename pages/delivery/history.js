// The way back. A page that leads on with parameters is two steps to Streamlit: the old page with
// the new parameters, which nobody ever saw, then the new page. Back would stop at the first, and a
// filter there would take the parameters for a wrong link. So the second takes the first one's
// place, unless a hand was at work in between: then somebody saw the first, and left it.
{
  const step = history.pushState.bind(history);
  let isUnseen = false;
  for (const act of ["pointerdown", "keydown"]) {
    document.addEventListener(act, () => { isUnseen = false; }, { capture: true, passive: true });
  }
  history.pushState = (state, title, url) => {
    const to = new URL(url, location.href);
    const isSamePage = to.pathname === location.pathname;
    if (isUnseen && !isSamePage && to.search === location.search) {
      history.replaceState(state, title, url);
    } else {
      step(state, title, url);
    }
    isUnseen = isSamePage;
  };
}
