/** Words that begin words, as people type them: without accents, and behind a hyphen or an apostrophe, too. Nothing here touches the page. */
import { folded } from "../engine/typed.mjs";

const PLAIN = /^[a-z0-9]+(?: [a-z0-9]+)*$/i;
const LIGATURES = { ß: "ss", œ: "oe", æ: "ae", ø: "o", ł: "l", đ: "d" };

/** A text as words each led by a blank: " sint niklaas". */
export function findable(text) {
  if (PLAIN.test(text)) return ` ${text.trim().toLowerCase()}`; // thousands of labels are: no need to look at their letters
  const plain = folded(text.toLowerCase().replace(/[ßœæøłđ]/gu, (letter) => LIGATURES[letter]));
  return ` ${plain.replace(/[-'’/(),.]+/gu, " ").replace(/ {2,}/gu, " ").trim()}`;
}

/** What was typed, as beginnings of words; none for blank. */
export function beginnings(text) {
  return findable(text).split(" ").filter(Boolean).map((word) => ` ${word}`);
}

/**
 * The first rows in which every beginning begins a word. Those called exactly so come first, then those that begin so, then
 * the others, each in their own order.
 * @param rows  [{words}..], `words` made by `findable`
 */
export function matching(rows, text, most) {
  const wanted = beginnings(text);
  const phrase = findable(text);
  const ranked = [[], [], []];
  for (const row of rows) {
    const { words } = row;
    if (!wanted.every((word) => words.includes(word))) continue;
    const rank = phrase === " " ? 2 : row.label === phrase ? 0 : words.startsWith(phrase) ? 1 : 2;
    if (ranked[rank].length < most) ranked[rank].push(row);
    if (phrase === " " && ranked[2].length === most) break;
  }
  return ranked.flat().slice(0, most);
}
