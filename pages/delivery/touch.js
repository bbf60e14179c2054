// A finger on a chart. Plotly cancels every touch while a chart can be dragged, and Streamlit turns
// dragging on wherever points can be picked: the page would not scroll and a tap would pick nothing.
// So the touch is kept from plotly; the browser then scrolls, or makes the tap a click that it sees.
document.addEventListener("touchstart", (event) => {
  if (event.target.closest?.(".js-plotly-plot")) event.stopPropagation();
}, { capture: true, passive: true });
