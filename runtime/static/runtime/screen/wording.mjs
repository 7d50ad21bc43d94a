/** The sentences of the screen in the person's language, filled as gettext's are: `%(name)s`. */

export class Wording {
  constructor(tables) {
    this.tables = tables;
  }

  say(key, holes = {}) {
    return fill(this.tables.screen[key] ?? key, holes);
  }

  /** A sentence about so many: `key_one` and, where there is one, `key_none`. */
  counted(key, n) {
    const which = n === 1 ? `${key}_one` : n === 0 ? `${key}_none` : key;
    return this.say(which, { n });
  }

  /** A constraint's own message wins over the sentence for its code. */
  problem({ code, message }) {
    if (message) return message;
    const sentence = this.tables.problems[code];
    return sentence ?? fill(this.tables.problems.other, { code });
  }
}

export function fill(sentence, holes) {
  return sentence.replace(/%\((\w+)\)s/g, (_, name) => String(holes[name] ?? ""));
}
