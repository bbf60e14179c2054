// A finger on a chart. Plotly takes every touch for a drag and cancels it: the page would not scroll.
// Told that nothing can be dragged, it takes the end of a scroll for a click on what lies below.
// So the touch is kept from plotly; the browser then scrolls, or makes the tap a click that it sees.
document.addEventListener("touchstart", (event) => {
  if (event.target.closest?.(".js-plotly-plot")) event.stopPropagation();
}, { capture: true, passive: true });
