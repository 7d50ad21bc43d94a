// Patterns match the whole value. The server has checked them; here they are spelled out so that this RegExp reads them as
// the server's machine does (ASCII white space, a dot that stops at line feeds only).

const SPACES = "\\t\\n\\v\\f\\r ";
const kept = new Map();

function body(pattern) {
  const start = pattern.startsWith("^") ? pattern.slice(1) : pattern;
  const ending = /(\\*)\$$/.exec(start);
  return ending && ending[1].length % 2 === 0 ? start.slice(0, -1) : start;
}

function portable(pattern) {
  let spelt = "";
  let inSet = false;
  const text = body(pattern);
  for (let at = 0; at < text.length; at += 1) {
    const one = text[at];
    if (one === "\\") {
      at += 1;
      spelt += escaped(text[at], inSet);
    } else if (one === "." && !inSet) {
      spelt += "[^\\n]";
    } else {
      if (one === "[") inSet = true;
      if (one === "]") inSet = false;
      spelt += one;
    }
  }
  return spelt;
}

function escaped(one, inSet) {
  if (one === "s") return inSet ? SPACES : `[${SPACES}]`;
  if (one === "S" && !inSet) return `[^${SPACES}]`;
  if (one === "-" && !inSet) return "-";
  return "\\" + one;
}

function compiled(pattern) {
  if (!kept.has(pattern)) {
    try {
      kept.set(pattern, new RegExp(`^(?:${portable(pattern)})$`, "u"));
    } catch {
      kept.set(pattern, null);
    }
  }
  return kept.get(pattern);
}

export function matches(text, pattern) {
  return compiled(pattern)?.test(text) ?? false;
}
