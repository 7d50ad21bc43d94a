// Answers that name a file: the twin of builder/question_types/base/stored.py and of the types made of it. The bytes are never here.

import { decimal } from "../decimals.mjs";
import { admitText, admitted, refused } from "../door.mjs";
import { trimmed } from "../texts.mjs";
import { UNREADABLE } from "../typed.mjs";
import { admitNumber } from "./numbers.mjs";

const LONGEST = 200;
const MOST_BYTES = 10n * 1024n * 1024n;
const JPEG = "image/jpeg";
const PNG = "image/png";
const PICTURES = [JPEG, PNG, "image/webp"];
const ACCEPTED = { any: ["application/pdf", ...PICTURES, "text/plain"], pdf: ["application/pdf"], pictures: PICTURES, text: ["text/plain"] };
const PARTS = ["id", "name", "media_type", "size", "digest"];
const ID = /^[0-9a-f]{32}$/;
const DIGEST = /^[0-9a-f]{64}$/;

function admitSize(value) {
  const given = admitNumber(value, 0);
  if (given.code) return given;
  const size = decimal(value);
  return size >= decimal("1") && size <= decimal(String(MOST_BYTES)) ? given : refused("range");
}

const admitPart = (name, value) => (name === "size" ? admitSize(value) : admitText(value, LONGEST));

function admitParts(value, names) {
  if (typeof value !== "object" || Array.isArray(value)) return refused("type");
  if (!Object.keys(value).every((name) => names.includes(name))) return refused("type");
  const kept = {};
  for (const name of names) {
    const given = Object.hasOwn(value, name) ? value[name] : null;
    if (given === null) continue;
    const found = admitPart(name, given);
    if (found.code) return found;
    if (found.value !== null) kept[name] = found.value;
  }
  return admitted(Object.keys(kept).length ? kept : null);
}

function isFile(kept, mediaTypes) {
  const named = PARTS.every((name) => Object.hasOwn(kept, name)) && Object.keys(kept).length === PARTS.length;
  return named && ID.test(kept.id) && DIGEST.test(kept.digest) && mediaTypes.includes(kept.media_type);
}

// `mediaTypes` of the settings; `names` of the parts; more: what else is whole, read, show.
function stored(mediaTypes, { names = PARTS, whole = () => false, ...more } = {}) {
  return {
    answerType: "parts",
    parts: () => names.map((name) => ({ name, kind: name === "size" ? "number" : "text" })),
    admit(value, settings) {
      const found = admitParts(value, names);
      if (found.code || found.value === null) return found;
      return whole(found.value) || isFile(found.value, mediaTypes(settings)) ? found : refused("type");
    },
    read: (text) => (trimmed(text) ? UNREADABLE : null),
    show: (value) => value.name,
    ...more,
  };
}

const SIGNED = {
  names: ["typed", ...PARTS],
  whole: (kept) => Object.hasOwn(kept, "typed") && Object.keys(kept).length === 1,
  read: (text) => (trimmed(text) ? { typed: trimmed(text) } : null),
  show: (value) => value.typed ?? value.name,
};

export const ROWS = [
  ["file", stored(({ accepts }) => ACCEPTED[accepts] ?? [])],
  ["photo", stored(() => [JPEG])],
  ["signature", stored(() => [PNG], SIGNED)],
];
