// The page on which all pictures are seen side by side.

const escaped = (text) => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll('"', "&quot;");

/** The page's HTML: `shots` in the order of `states`, with buttons that leave out what is not wanted. */
export function indexPage(shots, states) {
  const values = (key) => [...new Set(shots.map((shot) => shot[key]))];
  const filters = ["area", "language", "orientation", "scheme"].filter((key) => values(key).length > 1);
  const rows = states.map((state) => row(state, shots.filter(({ area, name }) => area === state.area && name === state.name)));
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>Every screen of Portico</title>
<style>${STYLE}</style>
<header>
<h1>Every screen of Portico</h1>
<p>${states.length} states, ${shots.length} pictures</p>
${filters.map((key) => filter(key, values(key))).join("\n")}
</header>
<main>
${rows.join("\n")}
</main>
<script>${SCRIPT}</script>
</html>
`;
}

function filter(key, values) {
  const choices = values.map((value) => `<label><input type="checkbox" name="${key}" value="${escaped(value)}" checked> ${escaped(value)}</label>`);
  return `<fieldset><legend>${key}</legend>${choices.join("")}</fieldset>`;
}

function row({ area, name }, shots) {
  const pictures = shots.map(({ file, language, orientation, scheme }) => {
    const told = `${language}, ${orientation}, ${scheme}`;
    return `<a href="${file}" data-language="${language}" data-orientation="${orientation}" data-scheme="${scheme}"><img loading="lazy" src="${file}" alt="${escaped(`${name}: ${told}`)}"><span>${told}</span></a>`;
  });
  return `<section data-area="${area}"><h2>${area}: ${escaped(name)}</h2><div>${pictures.join("")}</div></section>`;
}

const STYLE = `
body { margin: 0; padding: 24px; background: #e9edf2; color: #16202c; font: 16px/1.4 system-ui, sans-serif; }
header { display: flex; flex-wrap: wrap; gap: 8px 24px; align-items: center; position: sticky; top: 0; padding: 8px 0; background: #e9edf2; }
h1 { margin: 0; font-size: 22px; }
h2 { margin: 24px 0 8px; font-size: 17px; }
p { margin: 0; }
fieldset { display: flex; gap: 12px; margin: 0; padding: 4px 12px; border: 1px solid #b6c2d0; border-radius: 8px; }
section > div { display: flex; flex-wrap: wrap; gap: 16px; align-items: end; }
a { color: inherit; font-size: 13px; text-decoration: none; }
img { display: block; height: 260px; border-radius: 8px; box-shadow: 0 1px 6px rgb(0 0 0 / 0.3); }
[hidden] { display: none; }
`;

const SCRIPT = `
const wanted = (name, value) => {
  const boxes = [...document.querySelectorAll('input[name="' + name + '"]')];
  return boxes.length === 0 || boxes.some((box) => box.value === value && box.checked);
};
addEventListener("change", () => {
  for (const section of document.querySelectorAll("section")) section.hidden = !wanted("area", section.dataset.area);
  for (const link of document.querySelectorAll("section a")) {
    link.hidden = !["language", "orientation", "scheme"].every((key) => wanted(key, link.dataset[key]));
  }
});
`;
