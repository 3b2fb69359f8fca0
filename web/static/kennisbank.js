// A little help on top; everything works without this file. No single-letter keys: they get in the way of speech input.
const reading = document.querySelector(".kb-tekst");
const hits = reading ? [...reading.querySelectorAll("mark[id]")] : [];

/** Go to the next or previous hit without loading the page again. */
function step(direction) {
  const current = hits.findIndex((hit) => hit.classList.contains("is-nu"));
  const from = current < 0 && direction < 0 ? 0 : current;
  const next = (from + direction + hits.length) % hits.length;
  hits[current]?.classList.remove("is-nu");
  hits[next].classList.add("is-nu");
  hits[next].scrollIntoView({ block: "center" });
  const place = document.querySelector("[data-stand]");
  place.setAttribute("aria-live", "polite");
  place.textContent = `treffer ${next + 1} van ${hits.length}`;
}

for (const link of hits.length ? document.querySelectorAll("[data-stap]") : []) {
  link.addEventListener("click", (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    step(Number(link.dataset.stap));
  });
}

document.addEventListener("keydown", (event) => {
  const results = [...document.querySelectorAll("[data-resultaat]")];
  const at = results.indexOf(document.activeElement);
  const direction = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (at < 0 || !direction || event.ctrlKey || event.metaKey || event.altKey) return;
  event.preventDefault();
  results[(at + direction + results.length) % results.length].focus();
});
