// Cuts Tabler's style sheet down to the rules that our pages use: css/tabler.css.
// usage: node ops/ui/cut.mjs NODE_MODULES
import fs from "node:fs";
import path from "node:path";
import { createRequire } from "node:module";
import { STATIC, templates } from "./files.mjs";

const root = path.resolve(process.argv[2]);
const { PurgeCSS } = createRequire(`${root}/x.js`)("purgecss");
const whole = `${root}/@tabler/core/dist/css/tabler.min.css`;
const [cut] = await new PurgeCSS().purge({
  content: [...templates, `${STATIC}/legation.js`],
  css: [whole],
  variables: true,
  keyframes: true,
  fontFace: true,
  safelist: { standard: ["hidden", "open"], greedy: [/data-bs-theme/] },
  // Classes of Tabler that share a word with our templates but are never meant.
  blocklist: [/^form-/, /^nav/, /^progress/, /^page/, /^table/, /^row/, /^col/, /^footer/, /^icon$/],
});
if (/url\(/.test(cut.css)) {
  console.error("the cut asks for pictures; the policy of our pages would block them");
  process.exitCode = 1;
}
fs.writeFileSync(`${STATIC}/css/tabler.css`, cut.css);
console.log(cut.css.length, "of", fs.statSync(whole).size, "bytes");
