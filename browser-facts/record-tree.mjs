// Writes down the syntax tree of `scenes/shared/sample.ts`, with the tags that highlighting takes
// from it, so that Kinora's tests need no parser: `scenes/shared/parser.ts` gives it back.
import {readFileSync, writeFileSync} from 'node:fs';
import path from 'node:path';
import {fileURLToPath} from 'node:url';
import {getStyleTags} from '@lezer/highlight';
import {parser} from '@lezer/javascript';
import {transformSync} from 'esbuild';

const shared = path.join(path.dirname(fileURLToPath(import.meta.url)), 'scenes/shared');
const script = transformSync(readFileSync(path.join(shared, 'sample.ts'), 'utf8'), {loader: 'ts'}).code;
const {sample} = await import(`data:text/javascript,${encodeURIComponent(script)}`);

const rules = [];
const ruleOf = node => {
  const rule = getStyleTags(node);
  if (rule === null) return -1;
  const mode = rule.opaque ? 0 : rule.inherit ? 1 : 2;
  const entry = JSON.stringify({mode, tags: rule.tags.map(tag => tag.set.map(String))});
  if (!rules.includes(entry)) rules.push(entry);
  return rules.indexOf(entry);
};

/** A node and those in it: where it begins and ends, its rule, its children. */
const record = node => {
  const children = [];
  for (let child = node.firstChild; child !== null; child = child.nextSibling) children.push(record(child));
  return [node.from, node.to, ruleOf(node), ...children];
};

const tree = record(parser.configure({dialect: 'jsx ts'}).parse(sample).topNode);
const lines = [`  "rules": [\n    ${rules.join(',\n    ')}\n  ]`, `  "tree": ${JSON.stringify(tree)}`];
writeFileSync(path.join(shared, 'tree.json'), `{\n${lines.join(',\n')}\n}\n`);
