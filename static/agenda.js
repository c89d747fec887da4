// Items of an agenda are dragged by a handle. The same is sent as by the page where places are typed.
import Sortable from "./sortable.esm.js";

const said = document.getElementById("agenda-said");
const say = (words) => { said.textContent = words; };

const send = async (list) => {
  const form = document.getElementById("agenda-order");
  const data = new FormData(form);
  [...list.children].forEach((item, place) => data.append(`place_${item.dataset.item}`, String(place + 1)));
  const answer = await fetch(form.action, { method: "POST", body: data });
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const fresh = page.getElementById("agenda-items");
  // Somebody else changed the agenda, or the session ended: the page says which.
  if (!answer.ok || !fresh) return location.reload();
  list.replaceChildren(...fresh.children);
  form.replaceWith(page.getElementById("agenda-order"));
  showHandles(list);
};

const showHandles = (list) => {
  for (const handle of list.querySelectorAll("[data-handle]")) handle.hidden = false;
};

const list = document.getElementById("agenda-items");
showHandles(list);
document.getElementById("agenda-drag").hidden = false;
Sortable.create(list, {
  handle: "[data-handle]",
  animation: matchMedia("(prefers-reduced-motion: reduce)").matches ? 0 : 150,
  onEnd: async ({ item, oldIndex, newIndex }) => {
    if (oldIndex === newIndex) return;
    const { title } = item.dataset;
    const { length } = list.children;
    try {
      await send(list);
      say(`${title} is now item ${newIndex + 1} of ${length}.`);
    } catch {
      location.reload();
    }
  },
});
