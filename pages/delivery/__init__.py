"""How pages reach the browser: compressed, preloaded, guarded. No database, no Streamlit script."""
