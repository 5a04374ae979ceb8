// Writes icons.svg, a sprite of exactly the icons that templates and marks name.
// usage: node ops/ui/icons.mjs NODE_MODULES
import fs from "node:fs";
import { STATIC, modules, templates } from "./files.mjs";

const root = process.argv[2];
const text = (files) => files.map((file) => fs.readFileSync(file, "utf8")).join("\n");
const named = (source, pattern) => [...source.matchAll(pattern)].map((match) => match[1]);
const names = new Set([
  ...named(text(templates), /\{% icon "([a-z0-9-]+)"/g),
  ...named(text(templates), /\{% pill "[a-z]+" [^%]*?"([a-z0-9-]+)" %\}/g),
  ...named(text(modules), /\bicon="([a-z0-9-]+)"/g),
]);

const symbol = (name) => {
  const file = `${root}/@tabler/icons/icons/outline/${name}.svg`;
  if (!fs.existsSync(file)) {
    console.error("no such icon:", name);
    process.exitCode = 1;
    return "";
  }
  const body = fs
    .readFileSync(file, "utf8")
    .replace(/<!--[\s\S]*?-->/g, "")
    .match(/<svg[^>]*>([\s\S]*)<\/svg>/)[1]
    .replace(/<path stroke="none" d="M0 0h24v24H0z" fill="none" ?\/>/, "")
    .replace(/\s*\n\s*/g, "");
  return (
    `<symbol id="${name}" viewBox="0 0 24 24" fill="none" stroke="currentColor" ` +
    `stroke-width="1.75" stroke-linecap="round" stroke-linejoin="round">${body}</symbol>\n`
  );
};

const note = "<!-- Tabler Icons 3.51.0, MIT, licences/tabler-icons-3.51.0.txt -->\n";
const drawn = [...names].sort().map(symbol).join("");
fs.writeFileSync(
  `${STATIC}/icons.svg`,
  `<svg xmlns="http://www.w3.org/2000/svg">\n${note}${drawn}</svg>\n`,
);
console.log(names.size, "icons");
