// What helps, where there is a script: everything works without it.
"use strict";

// A statement lights up in the text and beside it.
const pieces = id => document.querySelectorAll(`[data-s~="${CSS.escape(id)}"]`);
const light = (id, on) => pieces(id).forEach(p => p.classList.toggle("lit", on));
document.querySelectorAll("[data-note]").forEach(note => {
  const id = note.dataset.note;
  for (const [event, on] of [["mouseenter", true], ["mouseleave", false], ["focusin", true], ["focusout", false]]) note.addEventListener(event, () => light(id, on));
});
const unfold = () => {
  const at = location.hash && document.getElementById(decodeURIComponent(location.hash.slice(1)));
  const details = at && (at.closest("details") || at.querySelector("details"));
  if (details) details.open = true;
};
addEventListener("hashchange", unfold);
unfold();

// Marked words become positions in the article's text, in code points.
const pointOf = (node, offset) => {
  const piece = (node.nodeType === Node.TEXT_NODE ? node.parentElement : node).closest("[data-at]");
  if (!piece) return -1;
  const before = document.createRange();
  before.setStart(piece, 0);
  before.setEnd(node, offset);
  return Number(piece.dataset.at) + [...before.toString()].length;
};
document.querySelectorAll("[data-take]").forEach(button => {
  button.hidden = false;
  button.addEventListener("click", () => {
    const s = getSelection(), r = s.rangeCount && s.getRangeAt(0);
    const from = r ? pointOf(r.startContainer, r.startOffset) : -1, to = r ? pointOf(r.endContainer, r.endOffset) : -1;
    const marked = from >= 0 && to > from;
    if (marked) document.getElementById(button.dataset.take).value = `${from}-${to}`;
    button.textContent = marked ? "Taken" : "Mark words in the text first";
  });
  button.addEventListener("mousedown", e => e.preventDefault()); // the selection stays
});

// What was not asked for is not in a search's address.
document.querySelectorAll("form:not([method])").forEach(form => form.addEventListener("formdata", e => {
  for (const [name, value] of [...e.formData]) if (!value) e.formData.delete(name);
}));

// Forms that take a while say so, and are sent once.
document.querySelectorAll("form[data-wait]").forEach(form => form.addEventListener("submit", e => {
  if (form.dataset.sent) { e.preventDefault(); return; }
  form.dataset.sent = "yes";
  const button = form.querySelector("button");
  button.textContent = form.dataset.wait;
  button.setAttribute("aria-busy", "true");
}));
addEventListener("pageshow", e => { if (e.persisted) location.reload(); });

// Keys: / to search, j and k along a list, the rows of a table, or an article's
// records.
addEventListener("keydown", e => {
  if (e.ctrlKey || e.metaKey || e.altKey || e.target.closest("input, textarea, select")) return;
  if (e.key === "/") {
    e.preventDefault();
    document.getElementById("q").focus();
  } else if (e.key === "j" || e.key === "k") {
    const all = [...document.querySelectorAll(".line, .note, tbody tr")].map(e => e.querySelector(".words a, summary") || e.querySelector("a")).filter(Boolean);
    const now = all.indexOf(document.activeElement);
    const next = all[e.key === "j" ? now + 1 : Math.max(now - 1, 0)];
    if (next) { next.focus(); next.scrollIntoView({ block: "nearest" }); }
  }
});
