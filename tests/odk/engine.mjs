// What ODK's own engine says of answers to a form. Standard input: {xform, office, cases: [answers], now};
// standard output: one {relevant, calculated, missing, broken} for each case, by path as ours has it.
import { JSDOM } from 'jsdom';

const NEEDED = [
  'DOMParser', 'XMLSerializer', 'Document', 'Element', 'Node', 'XMLDocument', 'XPathResult',
  'XPathEvaluator', 'Attr', 'Text', 'Comment', 'ProcessingInstruction', 'CDATASection', 'NodeFilter',
  'HTMLElement', 'document', 'window', 'Blob', 'File',
];
const input = JSON.parse(await new Promise((resolve) => {
  let text = '';
  process.stdin.on('data', (chunk) => (text += chunk)).on('end', () => resolve(text));
}));
const stdout = process.stdout;
const Clock = Date;
globalThis.Date = class extends Clock {
  constructor(...given) { super(...(given.length ? given : [input.now])); }
  static now() { return input.now; }
};
const { nextTick } = process;
const { window } = new JSDOM('<!doctype html>');
for (const key of NEEDED) if (window[key] !== undefined) globalThis[key] = window[key];
// The engine's XPath parser takes another way of loading where it sees Node.
globalThis.process = { env: {}, nextTick };
const { createInstance } = await import('@getodk/xforms-engine');

const nameOf = (node) =>
  String(node.definition.nodeName ?? node.definition.qualifiedName?.localName);
const childrenOf = (node) => node.currentState?.children ?? [];
const isTable = (node) => node.nodeType.startsWith('repeat-range');
const isCounted = (node) => node.nodeType === 'repeat-range:controlled';

function give(node, value) {
  if (node.nodeType === 'select') {
    node.selectValues(Array.isArray(value) ? value : [value]);
  } else if (node.nodeType === 'trigger') {
    node.setValue(value === 'OK');
  } else if (node.nodeType !== 'model-value' && node.nodeType !== 'note') {
    node.setValue(node.valueType === 'int' ? BigInt(value) : value);
  }
}

function answer(parent, answers) {
  for (const node of childrenOf(parent)) {
    const value = answers[nameOf(node)];
    if (isTable(node)) {
      const rows = value ?? [];
      // the engine makes the rows of a repeat_count, as many as that says
      const missing = isCounted(node) ? 0 : rows.length - childrenOf(node).length;
      if (missing > 0) node.addInstances(undefined, missing);
      if (missing < 0) node.removeInstances(rows.length, -missing);
      childrenOf(node).forEach((row, index) => answer(row, rows[index] ?? {}));
    } else if (node.nodeType === 'group') {
      answer(node, answers);
    } else if (value !== undefined) {
      give(node, value);
    }
  }
}

function tell(parent, prefix, said) {
  for (const node of childrenOf(parent)) {
    const path = prefix + nameOf(node);
    if (path === 'meta') continue;
    said.relevant[path] = node.currentState.relevant;
    if (isTable(node)) {
      childrenOf(node).forEach((row, index) => tell(row, `${path}[${index + 1}]/`, said));
    } else if (node.nodeType === 'group') {
      tell(node, prefix, said);
    } else {
      said.calculated[path] = node.currentState.instanceValue;
      const violation = node.validationState?.violation;
      if (violation?.condition === 'required') said.missing.push(path);
      else if (violation) said.broken[path] = violation.message?.asString ?? '';
    }
  }
}

const fetchFormAttachment = async () =>
  new Response(input.office, { headers: { 'content-type': 'text/csv' } });
const results = [];
for (const answers of input.cases) {
  const { root } = await createInstance(input.xform, { form: { fetchFormAttachment } });
  // twice: a choice may depend on an answer that stands below it
  answer(root, answers);
  answer(root, answers);
  const said = { relevant: {}, calculated: {}, missing: [], broken: {} };
  tell(root, '', said);
  results.push(said);
}
stdout.write(JSON.stringify(results));
