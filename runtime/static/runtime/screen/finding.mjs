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

/** Searches rows, [{words, label}..], both made by `findable`. Who types on searches only what was found before. */
export class Search {
  #last = { rows: null, count: 0, text: "", hits: [] };

  /**
   * The first rows in which every beginning begins a word. Those called exactly so come first, then those that begin so, then
   * the others, each in their own order.
   */
  of(rows, text, most) {
    const phrase = findable(text);
    if (phrase === " ") return rows.slice(0, most);
    const hits = this.#narrowed(rows, text);
    const ranked = [[], [], []];
    for (const row of hits) {
      const rank = row.label === phrase ? 0 : row.words.startsWith(phrase) ? 1 : 2;
      if (ranked[rank].length < most) ranked[rank].push(row);
    }
    return ranked.flat().slice(0, most);
  }

  #narrowed(rows, text) {
    const { rows: before, count, text: typed, hits } = this.#last;
    const goesOn = before === rows && count === rows.length && typed.trim() !== "" && text.startsWith(typed);
    const wanted = beginnings(text);
    const found = (goesOn ? hits : rows).filter(({ words }) => wanted.every((word) => words.includes(word)));
    this.#last = { rows, count: rows.length, text, hits: found };
    return found;
  }
}
