// The engine in the browser: the twin of `runtime.engine`, the same semantics byte for byte (tests/spec binds both).
// Plain ES modules, no eval, no build step. The door:
//   load(json) -> definition          start(definition, language) -> state
//   advance(definition, state, command, today) -> [state, events]
//   fold(definition, state, event) -> state     replay(definition, state, events) -> state
//   view(definition, state, today) -> view      admit(definition, place, value) -> {value, code}
//   canonical(data) -> text           read(question, text, today, language) -> {value} | {unreadable}

import { admit, advance } from "./commands.mjs";
import { fold, replay } from "./events.mjs";
import { load } from "./program.mjs";
import { read } from "./read.mjs";
import { canonical, start } from "./state.mjs";
import { view } from "./view.mjs";

export { admit, advance, canonical, fold, load, read, replay, start, view };
