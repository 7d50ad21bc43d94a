// The engine in the browser: the twin of `runtime.engine`, the same semantics byte for byte (tests/spec binds both).
// Plain ES modules, no eval, no build step. The door:
//   await fetchTypes(items)           first of all: the code of the rarer types, by the `type` of each question and calculation
//   load(json) -> definition          start(definition, language) -> state
//   advance(definition, state, command, today) -> [state, events]
//   fold(definition, state, event) -> state     replay(definition, state, events) -> state
//   view(definition, state, today) -> view      admit(definition, place, value) -> {value, code}
//   new Live(definition, state, today): .advance(command) -> [events, changes]   .follow(events) -> changes   .view()   .state
//   patch(view, changes)              puts changes into a view
//   typeOf(name) -> {answerType, door} of a question type
//   canonical(data) -> text           read(question, text, today, language) -> {value} | {unreadable}

import { admit } from "./commands.mjs";
import { fold, replay } from "./events.mjs";
import { Live, advance } from "./live.mjs";
import { load } from "./program.mjs";
import { read } from "./read.mjs";
import { canonical, start } from "./state.mjs";
import { fetchTypes, typeOf } from "./types.mjs";
import { patch, view } from "./view.mjs";

export { Live, admit, advance, canonical, fetchTypes, fold, load, patch, read, replay, start, typeOf, view };
