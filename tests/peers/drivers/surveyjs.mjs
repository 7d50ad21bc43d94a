// SurveyJS, its model without a screen: `survey-core`.

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { peer } from "./peer.mjs";

export function prepare(folder) {
  const { Model } = peer("survey-core");
  const data = JSON.parse(readFileSync(join(folder, "surveyjs.json"), "utf8"));
  return () => {
    const survey = new Model(data);
    const panels = new Map();
    const panelsOf = (name) => {
      if (!panels.has(name)) panels.set(name, survey.getQuestionByName(name).panels);
      return panels.get(name);
    };
    return {
      answer(place, value) {
        const [repeat, entry, name] = place.split("/");
        if (name) panelsOf(repeat)[entry - 1].getQuestionByName(name).value = plain(value);
        else survey.setValue(place, plain(value));
      },
      totals() {
        const shown = questionsOf(survey).filter((question) => question.isVisible && question.isParentVisible);
        const wrong = shown.filter((question) => !question.isEmpty() && question.hasErrors(false));
        return {
          visible: shown.length,
          missing: shown.filter((question) => question.isRequired && question.isEmpty()).length,
          errors: wrong.length,
        };
      },
    };
  };
}

const plain = (value) => (typeof value === "string" && /^-?[0-9]+$/.test(value) ? Number(value) : value);

// All that ask something: a repeat stands for the questions in its panels.
function questionsOf(survey) {
  return survey.getAllQuestions(false).flatMap((question) =>
    question.getType() === "paneldynamic" ? question.panels.flatMap((panel) => panel.questions) : [question]);
}
