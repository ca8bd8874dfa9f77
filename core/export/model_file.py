"""The trained model as a safetensors file, with all that is needed to use it and its origin."""

import json
from dataclasses import asdict
from typing import TYPE_CHECKING

from core.export.training_script.experiment import Experiment, TableData

if TYPE_CHECKING:
    import torch

    from core.preprocessing import FittedRecipe


def model_safetensors(
    experiment: Experiment,
    models: "dict[str, tuple[torch.Tensor, float]]",
    digest: str,
    settings: dict[str, object],
) -> bytes:
    """Return the file. `models` are parameters in the units of the table: "" is the model itself, others by a name.

    Tensors, all float64: weights (d,) and bias (), and the same with the name in front, `closed_form_weights`; for a
    table in which a model fills missing values also `imputer_training`, the rows it uses. Metadata, all text, most of
    it JSON: feature_names and target; target_transform, which inverts predictions of a transformed target; recipe and
    fitted, what it learnt from the training rows; expansion; settings; digest, which names the bytes of the table.
    Without a file (synthetic data) there is no recipe.
    """
    import torch
    from safetensors.torch import save

    tensors = {}
    for name, (weights, bias) in models.items():
        before = f"{name}_" if name else ""
        tensors[f"{before}weights"] = weights.detach().to(torch.float64).clone()
        tensors[f"{before}bias"] = torch.tensor(bias, dtype=torch.float64)
    metadata = {
        "feature_names": _json(experiment.feature_names),
        "target": experiment.label,
        "settings": _json(settings),
        "digest": digest,
    }
    if isinstance(experiment.data, TableData):
        fitted = experiment.data.fitted
        metadata |= {"recipe": fitted.recipe.to_json(), "fitted": _json(_learnt(fitted))}
        if fitted.target is not None:
            metadata["target_transform"] = _json(asdict(fitted.target))
        if fitted.imputer is not None:
            tensors["imputer_training"] = torch.from_numpy(fitted.imputer.training.copy())
    else:
        metadata["synthetic"] = _json(asdict(experiment.data))
    if experiment.expansion is not None:
        made = experiment.expansion
        metadata["expansion"] = _json({"terms": made.terms, "centre": made.centre.tolist()})
    written: bytes = save(tensors, metadata=metadata)
    return written


def _learnt(fitted: "FittedRecipe") -> list[dict[str, object]]:
    """Return what was learnt about each column, as plain data."""
    return [
        {
            "column": column.plan.column,
            "features": column.feature_names,
            "fill_value": column.fill_value,
            "categories": column.categories,
            "base": column.base,
            "others": column.others,
            "yes": column.yes,
            "centre": column.centre,
            "spread": column.spread,
        }
        for column in fitted.columns
    ]


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)
