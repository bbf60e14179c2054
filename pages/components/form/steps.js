// The steps of a form: a row of buttons, or one list where there is no room for a row.
// What steps.py sends is set as text, never read as HTML. Nodes stay while the steps are the same:
// the focus is kept, and an open list stays open.

const make = (tag, attributes = {}, ...children) => {
  const node = Object.assign(document.createElement(tag), attributes);
  node.append(...children);
  return node;
};

const build = (root, steps) => {
  const buttons = steps.map(([name]) => {
    const node = make("button", { type: "button" },
      make("span", { className: "title" }), make("span", { className: "mark" }));
    node.addEventListener("click", () => root.go(name));
    return node;
  });
  const list = make("select", { ariaLabel: root.ariaLabel },
    ...steps.map(([name]) => make("option", { value: name })));
  list.addEventListener("change", () => root.go(list.value));
  root.replaceChildren(make("div", { className: "row" }, ...buttons), list);
  root.names = steps.map(([name]) => name);
};

const write = (node, text) => {
  if (node.textContent !== text) node.textContent = text;
};

const tell = (root, { steps, done }) => {
  const [buttons, options] = [root.querySelectorAll("button"), root.querySelectorAll("option")];
  steps.forEach(([, title, mark], index) => {
    write(buttons[index].querySelector(".title"), `${index + 1}. ${title}`);
    write(buttons[index].querySelector(".mark"), mark);
    buttons[index].classList.toggle("done", mark === done);
    write(options[index], `ขั้น ${index + 1}/${steps.length}: ${title} ${mark}`);
  });
};

const show = (root, name) => {
  const at = root.names.indexOf(name);
  root.querySelectorAll("button").forEach((node, index) => {
    node.ariaCurrent = index === at ? "step" : null;
  });
  root.querySelector("select").selectedIndex = at;
};

export default function ({ data, parentElement, setTriggerValue }) {
  const root = parentElement.querySelector(".steps");
  root.go = (name) => {
    show(root, name);
    // delivery/waiting.js closes the fields of the old step
    root.dispatchEvent(new Event("leads", { bubbles: true, composed: true }));
    setTriggerValue("go", name);
  };
  if (String(root.names) !== String(data.steps.map(([name]) => name))) build(root, data.steps);
  tell(root, data);
  show(root, data.at);
}
