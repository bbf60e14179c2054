// Streamlit asks two questions before it opens its line to the server, at an address below the first
// page twice, with a pause between: it does not know where the server lies. Ours lies at the root of
// where the page came from, so the line opens at once. What it asks comes in meanwhile and counts.
window.__streamlit = {
  BACKEND_BASE_URL: location.origin,
  HOST_CONFIG: { allowedOrigins: [location.origin], useExternalAuthToken: false },
};
