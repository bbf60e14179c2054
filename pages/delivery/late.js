// Words first. The charts' script is half of all that a page loads, and running it keeps the browser
// busy for about a second: it waits until the list is drawn (components/table.js says so), or as
// long as a person would wait for a page that has charts and no list.
const pause = (ms) => new Promise((go) => setTimeout(go, ms));
for (let waited = 0; waited < 1500 && !document.documentElement.dataset.list; waited += 25) {
  await pause(25);
}
await pause(25); // the list is painted
const late = await import("./LATE_NAME");
export const PlotlyChart = late.PlotlyChart;
export default late.default;
