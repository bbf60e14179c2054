// Brings a field of the form into view and puts the cursor there, or the heading of a step: asked
// for once, by a jump or by "next".

let last = null;

const bring = (node, isField) => {
  const { top } = node.getBoundingClientRect();
  const isSeen = top >= 0 && top < window.innerHeight / 2;
  if (isField || !isSeen) node.scrollIntoView({ block: isField ? "center" : "start" });
  if (isField) node.querySelector("input, textarea, button")?.focus({ preventScroll: true });
};

// A heading is brought again while the last parts above it find their place, unless a hand scrolls.
const hold = (wanted, isField) => {
  let times = isField ? 1 : 16;
  const stop = () => { times = 0; };
  const hands = ["wheel", "touchstart", "keydown", "pointerdown"];
  for (const hand of hands) addEventListener(hand, stop, { once: true, passive: true });
  const again = () => {
    const node = document.getElementsByClassName(wanted)[0];
    if (node && times > 0) bring(node, isField);
    if (--times > 0) setTimeout(again, 50);
    else for (const hand of hands) removeEventListener(hand, stop);
  };
  again();
};

export default ({ data }) => {
  const wanted = `st-key-${data.key.replace(/[^a-zA-Z0-9_-]/g, "-")}`;
  if (data.turn === last) return;
  last = data.turn;
  // what it leads to is drawn after this element, and moves while it is drawn: wait for the end of
  // the run, but not for ever
  let tries = 100;
  const look = () => {
    const node = document.getElementsByClassName(wanted)[0];
    const isDrawn = node && document.querySelector('[data-test-script-state="notRunning"]');
    if (isDrawn || (node && tries === 0)) hold(wanted, data.isField);
    else if (tries-- > 0) setTimeout(look, 50);
  };
  look();
};
