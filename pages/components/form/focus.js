// Scrolls to a field of the form and puts the cursor there: asked for once, by a jump.

let last = null;

export default ({ data, parentElement }) => {
  const wanted = `st-key-${data.key.replace(/[^a-zA-Z0-9_-]/g, "-")}`;
  if (parentElement === last) return;
  last = parentElement;
  // the group is drawn after this element: wait for it, but not for ever
  let tries = 40;
  const look = () => {
    const field = document.getElementsByClassName(wanted)[0];
    if (!field) { if (tries-- > 0) setTimeout(look, 50); return; }
    field.scrollIntoView({ block: "center" });
    field.querySelector("input, textarea, button")?.focus({ preventScroll: true });
  };
  look();
};
