/* What a model is made of: four scenes, by the kind that `data` names. See loop.py, fits.py, surfaces.py and counts.py
   for what it holds. */

import "../shared/scene.css";
import "../shared/player.css";
import "./components.css";
import { useNumberRules } from "../shared/numbers.js";
import { CountsScene } from "./counts.js";
import { FitsScene } from "./fits.js";
import { LoopScene } from "./loop.js";
import { SurfacesScene } from "./surfaces.js";

const MADE_BY = { counts: CountsScene, loop: LoopScene, degrees: FitsScene, steps: FitsScene, surfaces: SurfacesScene };

export default function ({ data, parentElement, setTriggerValue }) {
  useNumberRules(data.numberRules);
  parentElement.scene ??= new MADE_BY[data.kind](parentElement, data.kind);
  parentElement.scene.take(data, setTriggerValue);
  return () => {
    parentElement.scene?.leave();
    delete parentElement.scene;
  };
}
