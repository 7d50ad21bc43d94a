/** How long a page waits until it asks again whether the telephone rings, in milliseconds. Pure. */

const SEEN = 700;
const UNSEEN = 2500;
const UNHEARD = 5000; // there is a bell, but it cannot be heard just now
const LONGEST = 30000;
const RETRIES = 60000;

/** Null: not by itself (it is told, or it is looked at again). `chance` from 0 to 1 keeps pages from asking all at once.
 * Without a bell it asks often while it is seen; with one, only while the line is not open. */
export function pauseAfter({ bell, listening, seen, failed, before, chance }) {
  if (bell && !seen) return null;
  if (failed) return Math.min((before || SEEN) * 2, LONGEST);
  if (!bell) return seen ? SEEN : UNSEEN;
  if (listening) return null;
  return UNHEARD * (0.8 + 0.4 * chance);
}

/** Until a line is tried again that could not be opened so often in a row, or was lost. */
export function retryAfter(failures, chance) {
  return Math.min(UNHEARD * 2 ** failures, RETRIES) * (0.2 + 0.8 * chance);
}
