// Says that the line to the server is gone, that it will be there again, and that what was typed is
// not lost. Streamlit makes the page pale, and tells a clerk how to start it on a command line.
{
  const LINE = "data-test-connection-state";
  const WORDS = "ขาดการติดต่อกับระบบ กำลังต่อใหม่ให้ สิ่งที่พิมพ์ไว้ยังอยู่ โปรดอย่าปิดหรือโหลดหน้านี้ใหม่";
  const SOON_MS = 1500; // a line that is back by then needs no words
  const told = document.createElement("p");
  told.className = "phrom-gone";
  told.setAttribute("role", "status");
  told.dataset.liveAnnouncer = "true"; // Streamlit's dialog, which is not shown, silences the rest
  document.body.append(told);
  let wasThere = false;
  let telling = 0;
  const follow = ([{ target }]) => {
    const isThere = target.getAttribute(LINE) === "CONNECTED";
    wasThere ||= isThere;
    if (isThere) {
      clearTimeout(telling);
      telling = 0;
      told.textContent = "";
    } else if (wasThere && !telling) {
      telling = setTimeout(() => { told.textContent = WORDS; }, SOON_MS);
    }
  };
  new MutationObserver(follow)
    .observe(document, { subtree: true, attributes: true, attributeFilter: [LINE] });
}
