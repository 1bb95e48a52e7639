
"use strict";
// What carries the same key, in the lists and over the pages, lights up together. Without this
// script the links still lead from a value to its box and back.
const lists = document.querySelector(".lists");
const calm = matchMedia("(prefers-reduced-motion: reduce)");
let held = null; // stays lit until Escape or another click

const keyed = (node) => node.closest?.("[data-key]");
const twins = (key) => document.querySelectorAll(`[data-key="${key}"]`);

function light(key) {
  for (const node of document.querySelectorAll(".lit")) node.classList.remove("lit");
  for (const node of key ? twins(key) : []) node.classList.add("lit");
  document.body.classList.toggle("lighting", Boolean(key));
}

/** Move a long list by itself, so that the page stays where the reader is. */
function showInList(key) {
  const row = lists.querySelector(`[data-key="${key}"]`);
  if (!row || lists.scrollHeight <= lists.clientHeight) return;
  const at = row.getBoundingClientRect(), frame = lists.getBoundingClientRect();
  if (at.top < frame.top || at.bottom > frame.bottom)
    lists.scrollTop += at.top - frame.top - frame.height / 3;
}

function showOnPage(key) {
  const mark = document.querySelector(`.mark[data-key="${key}"]`);
  const behavior = calm.matches ? "auto" : "smooth";
  const at = mark?.getBoundingClientRect();
  if (at && (at.top < 0 || at.bottom > innerHeight))
    mark.scrollIntoView({ block: "center", inline: "nearest", behavior });
}

document.addEventListener("pointerover", ({ target }) => {
  const node = keyed(target);
  light(node ? node.dataset.key : held);
  if (node?.matches(".mark")) showInList(node.dataset.key);
});
document.addEventListener("focusin", ({ target }) => {
  const node = keyed(target);
  if (!node || !target.matches(":focus-visible")) return;
  light(node.dataset.key);
  if (node.matches(".mark")) showInList(node.dataset.key);
  else showOnPage(node.dataset.key);
});
document.addEventListener("focusout", () => light(held));
document.addEventListener("click", (event) => {
  const link = event.target.closest("a[href^='#']");
  const node = keyed(event.target);
  if (!link || !node) return;
  event.preventDefault();
  held = held === node.dataset.key ? null : node.dataset.key;
  light(node.dataset.key);
  if (!node.matches(".mark")) return showOnPage(node.dataset.key);
  showInList(node.dataset.key);
  lists.querySelector(`[data-key="${node.dataset.key}"] a`)?.focus({ preventScroll: true });
});
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape") light((held = null));
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  const links = [...lists.querySelectorAll("[data-key] > a, [data-key] th > a")]
    .filter((link) => link.checkVisibility?.() ?? true);
  const next = links[links.indexOf(document.activeElement) + (step ?? 0)];
  if (!step || !links.includes(document.activeElement) || !next) return;
  event.preventDefault();
  next.focus();
});
// The evidence of fields is open on paper; that of cells would fill pages.
let folded = [];
addEventListener("beforeprint", () => {
  folded = [...document.querySelectorAll("details:not([open], .cells)")];
  for (const one of folded) one.open = true;
});
addEventListener("afterprint", () => {
  for (const one of folded) one.open = false;
});
