// The way back: one step for each act of a hand. A page that leads on with parameters is two steps
// to Streamlit, the old page with the new parameters, which nobody ever saw, then the new page; and
// one more when that page says in its address what it shows. Back would stop at each of them, and a
// filter there would take the parameters for a wrong link.
{
  const step = history.pushState.bind(history);
  let isNewAct = false;
  for (const act of ["pointerdown", "keydown"]) {
    document.addEventListener(act, () => { isNewAct = true; }, { capture: true, passive: true });
  }
  history.pushState = (...to) => {
    if (isNewAct) step(...to); else history.replaceState(...to);
    isNewAct = false;
  };
}
