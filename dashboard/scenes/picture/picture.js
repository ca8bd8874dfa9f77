/* A picture, its numbers and its vector: three scenes in one component. See scene.py for what `data` holds. */

import "../shared/scene.css";
import "../shared/player.css";
import "../shared/twins.css";
import "./picture.css";
import { useNumberRules } from "../shared/numbers.js";
import { Flattening } from "./flattening.js";
import { Gallery } from "./gallery.js";
import { Weighing } from "./weighing.js";

const KINDS = { flattening: Flattening, gallery: Gallery, weighing: Weighing };

export default function (component) {
  const { data, parentElement } = component;
  useNumberRules(data.numberRules);
  parentElement.scene ??= new KINDS[data.kind](parentElement);
  parentElement.scene.update(component);
  return () => {
    parentElement.scene?.leave();
    parentElement.scene = null;
  };
}
