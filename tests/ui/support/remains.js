// Runs inside the page: finds words anywhere in it, seen or not. Self-contained, since it is sent to the browser as text.

/** Where each of `words` stands: texts, attributes, fields' values, live regions, shadow trees, title, address, storage. */
export function remains(words) {
  const found = [];
  const look = (place, text) => {
    for (const word of words) {
      if (String(text ?? "").toLowerCase().includes(word.toLowerCase())) found.push(`${word} in ${place}`);
    }
  };
  const walk = (root) => {
    for (const element of root.querySelectorAll("*")) {
      if (element.localName === "script" || element.localName === "style") continue;
      for (const { name, value } of element.attributes) look(`${element.localName}@${name}`, value);
      if ("value" in element) look(`${element.localName}.value`, element.value);
      if (element.shadowRoot) walk(element.shadowRoot);
    }
    const texts = document.createTreeWalker(root, NodeFilter.SHOW_TEXT | NodeFilter.SHOW_COMMENT);
    for (let node = texts.nextNode(); node; node = texts.nextNode()) {
      if (!["SCRIPT", "STYLE"].includes(node.parentElement?.tagName)) look(`<${node.parentElement?.localName}>`, node.textContent);
    }
    // What a letter-by-letter rendering would hide from the walk above.
    look("the whole text", root.textContent);
  };
  walk(document.documentElement);
  look("the title", document.title);
  look("the address", location.href);
  look("storage", JSON.stringify([{ ...localStorage }, { ...sessionStorage }]));
  look("the selection", String(getSelection()));
  look("history", JSON.stringify(history.state));
  return found;
}
