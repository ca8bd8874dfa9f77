// Additions to the page for keyboards and screen readers. Optional: without it the page is Streamlit's own.

const MENU = "[data-testid=stSidebar] [data-testid=stPageLink-NavLink]";
const CLOSE = "[data-testid=stSidebarCollapseButton] button";
const NARROW = "(max-width: 768px)"; // the menu covers the page up to here
const SCROLLERS =
  "[data-testid=stCode], [data-testid=stCode] pre, [data-testid=stCode] code, " +
  "[data-testid=stTable], [data-testid=stTable] > div, .katex-display, .katex-html";
const TEST_IDS = { code: "stCode", table: "stTable" };

/** Mark the open page in the menu. The front screen's address is written so that it works in a new tab too. */
function markCurrent() {
  const here = location.pathname.split("/").pop() || "./";
  for (const link of document.querySelectorAll(MENU)) {
    if (!link.getAttribute("href")) link.setAttribute("href", "./");
    if (link.getAttribute("href") === here) link.setAttribute("aria-current", "page");
    else link.removeAttribute("aria-current");
  }
}

/** Make code, tables and formulas focusable and scrollable by keys if they are wider or taller than their box; no others. */
function reachScrollers(names) {
  for (const box of document.querySelectorAll(SCROLLERS)) {
    const { overflowX, overflowY } = getComputedStyle(box);
    const scrolls =
      (/auto|scroll/.test(overflowX) && box.scrollWidth > box.clientWidth) ||
      (/auto|scroll/.test(overflowY) && box.scrollHeight > box.clientHeight);
    if (scrolls && !box.hasAttribute("tabindex")) {
      box.tabIndex = 0;
      box.setAttribute("role", "group");
      const kind = ["code", "table"].find((each) => box.closest(`[data-testid=${TEST_IDS[each]}]`)) ?? "formula";
      box.setAttribute("aria-label", names[kind]);
    } else if (!scrolls && box.getAttribute("role") === "group") {
      for (const name of ["tabindex", "role", "aria-label"]) box.removeAttribute(name);
    }
  }
}

/** Fold the menu once a page is chosen, where it would cover the page, and move the focus into the page. */
function foldMenu(event) {
  if (!event.target.closest?.(MENU) || !matchMedia(NARROW).matches) return;
  document.querySelector(CLOSE)?.click();
  document.querySelector("[data-testid=stMain]")?.focus({ preventScroll: true });
}

/** Add the style sheet to the page, once. */
function dress() {
  if (document.getElementById("descent-lab-page")) return;
  const sheet = Object.assign(document.createElement("style"), { id: "descent-lab-page", textContent: STYLES });
  document.head.append(sheet);
}

export default function ({ data }) {
  let waiting = 0;
  dress();
  const look = () => {
    waiting = 0;
    markCurrent();
    reachScrollers(data);
  };
  const later = () => {
    if (!waiting) waiting = setTimeout(look, 50); // a page is drawn in many small pieces
  };
  const watcher = new MutationObserver(later);
  watcher.observe(document.body, { childList: true, subtree: true });
  addEventListener("resize", later);
  document.fonts.addEventListener("loadingdone", later); // a formula is as wide as its letters
  document.addEventListener("click", foldMenu);
  later();
  return () => {
    watcher.disconnect();
    removeEventListener("resize", later);
    document.fonts.removeEventListener("loadingdone", later);
    document.removeEventListener("click", foldMenu);
    clearTimeout(waiting);
  };
}
