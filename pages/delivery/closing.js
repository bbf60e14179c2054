// A tab that is closed, loaded anew or left for another one, while a field of a form is being typed
// into. A field says what was typed when it is left: so it is left first. The browser then asks
// whether to go, which is the time in which the server is told.
{
  const TYPED = ".st-key-entry-fields :is(input, textarea)";
  let typedIn = null;
  const say = () => {
    const field = typedIn;
    typedIn = null;
    if (field?.isConnected) field.blur();
    return field !== null;
  };
  document.addEventListener("input", ({ target }) => {
    if (target.matches?.(TYPED)) typedIn = target;
  }, { capture: true, passive: true });
  document.addEventListener("focusout", () => { typedIn = null; }, { capture: true, passive: true });
  document.addEventListener("visibilitychange", () => { if (document.hidden) say(); });
  addEventListener("beforeunload", (event) => { if (say()) event.preventDefault(); });
}
