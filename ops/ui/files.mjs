// What the tools of this folder read: every template and every module that names an icon.
import fs from "node:fs";
import path from "node:path";

const SOURCE = "src/legation";
export const STATIC = `${SOURCE}/ui/static/legation`;

const walk = (folder) =>
  fs.readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const full = path.join(folder, entry.name);
    return entry.isDirectory() ? walk(full) : [full];
  });

const all = walk(SOURCE);
export const templates = all.filter((file) => file.endsWith(".html"));
export const modules = all.filter((file) => file.endsWith(".py"));
