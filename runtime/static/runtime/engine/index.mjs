// The engine in the browser: the twin of `runtime.engine`, the same semantics byte for byte (tests/spec binds both). The door:
//   await fetchTypes(items)           first of all: the code of the rarer types of these questions and calculations
//   load(json) -> definition          start(definition, language) -> state
//   advance(definition, state, command, today) -> [state, events]
//   fold(definition, state, event) -> state     replay(definition, state, events) -> state
//   view(definition, state, today) -> view      admit(definition, place, value) -> {value, code}
//   new Live(definition, state, today): .advance(command) -> [events, changes]   .follow(events) -> changes   .view()   .state
//   patch(view, changes)              puts changes into a view
//   typeOf(name) -> {answerType, door} of a question type
//   canonical(data) -> text           read(question, text, today, language) -> {value} | {unreadable}

export { admit } from "./commands.mjs";
export { fold, replay } from "./events.mjs";
export { Live, advance } from "./live.mjs";
export { load } from "./program.mjs";
export { read } from "./read.mjs";
export { canonical, start } from "./state.mjs";
export { fetchTypes, typeOf } from "./types.mjs";
export { patch, view } from "./view.mjs";
