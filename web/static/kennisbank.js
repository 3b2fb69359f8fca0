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

const WAIT = 200;

/** Make an element with attributes. */
function made(name, attributes) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  return element;
}

/** The list under a search field: shows suggestions, remembers which one is chosen. */
function listUnder(field) {
  const list = made("ul", { id: `${field.id}-suggesties`, class: "kb-suggesties", role: "listbox", "aria-label": "Titels en begrippen" });
  const said = made("p", { class: "kb-onzichtbaar", role: "status" });
  field.form.append(list, said);

  function choose(next) {
    for (const option of list.children) option.setAttribute("aria-selected", String(option === next));
    if (next) field.setAttribute("aria-activedescendant", next.id);
    else field.removeAttribute("aria-activedescendant");
    next?.scrollIntoView({ block: "nearest" });
  }

  function show(suggestions) {
    list.replaceChildren(...suggestions.map((suggestion, index) => {
      const option = made("li", { id: `${list.id}-${index}`, role: "option", "data-adres": suggestion.adres });
      const about = made("span", {});
      about.textContent = suggestion.toelichting;
      option.append(suggestion.tekst, about);
      return option;
    }));
    list.hidden = !suggestions.length;
    field.setAttribute("aria-expanded", String(!list.hidden));
    said.textContent = list.hidden ? "" : `${suggestions.length} ${suggestions.length === 1 ? "suggestie" : "suggesties"}`;
    choose(null);
  }

  return { list, choose, show };
}

/** Make a search field a combobox: what is suggested while typing leads straight to a document or a term. */
function suggest(field) {
  const { list, choose, show } = listUnder(field);
  const combobox = { type: "text", role: "combobox", autocomplete: "off", enterkeyhint: "search", "aria-autocomplete": "list", "aria-controls": list.id };
  for (const [key, value] of Object.entries(combobox)) field.setAttribute(key, value);
  let timer;
  let asking = new AbortController();

  async function ask() {
    const address = `${field.dataset.suggesties}?${new URLSearchParams({ q: field.value, formaat: "json" })}`;
    try {
      const answer = await fetch(address, { signal: asking.signal });
      show(answer.ok ? (await answer.json()).suggesties : []);
    } catch (error) {
      if (error.name !== "AbortError") show([]);
    }
  }

  function stop() {
    clearTimeout(timer);
    asking.abort();
    asking = new AbortController();
    choose(null);
  }

  function close() {
    stop();
    show([]);
  }

  function keys(event) {
    const options = [...list.children];
    const at = options.findIndex((option) => option.getAttribute("aria-selected") === "true");
    const direction = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!options.length || event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "Escape") close();
    else if (event.key === "Enter" && at >= 0) location.assign(options[at].dataset.adres);
    else if (direction) choose(options[at < 0 && direction < 0 ? options.length - 1 : at + direction]);
    else return;
    event.preventDefault();
  }

  close();
  field.addEventListener("input", () => {
    stop();
    if (field.value.trim().length > 1) timer = setTimeout(ask, WAIT);
    else close();
  });
  field.addEventListener("blur", close);
  field.addEventListener("keydown", keys);
  list.addEventListener("mousedown", (event) => event.preventDefault());
  list.addEventListener("click", (event) => {
    const option = event.target.closest("li");
    if (option) location.assign(option.dataset.adres);
  });
}

document.querySelectorAll("[data-suggesties]").forEach(suggest);
