"""The notebook, the model and its predictor, and the report of an experiment, each as its reader meets it."""

import io
import json
import re
from html.parser import HTMLParser

import nbclient
import nbformat
import numpy as np
import pandas as pd
import pytest
import safetensors
import torch

from core.export import Report, SyntheticData, model_safetensors, write_notebook, write_predictor, write_script
from core.export import write_report as write_page
from core.formatting import format_number
from core.preprocessing import ColumnPlan, Recipe, read_table, suggest_recipe
from core.regression import SgdConfig
from tests.core.export.experiments import DATA, from_synthetic, from_table, run_one

BOOK = SyntheticData(rows=100, weights=(2.0, -3.4), bias=4.2, noise=0.01, seed=0, held_out=20)
USUAL = SgdConfig(learning_rate=0.03, batch_size=10, epochs=2, seed=0, standardise=True)
EVIL = '</script><img src=x onerror="alert(1)">[a](http://evil.example) *b* `c` "d" \'e\' & $x$'


@pytest.fixture(scope="module")
def penguins():
    return from_table(DATA / "penguins.csv", USUAL, target="body_mass_g")


def test_the_notebook_runs_from_top_to_bottom_and_prints_the_numbers(penguins):
    notebook = nbformat.reads(write_notebook(penguins.experiment), as_version=4)
    nbformat.validate(notebook)
    nbclient.NotebookClient(notebook, timeout=300, kernel_name="python3").execute()
    printed = "".join(output["text"] for cell in notebook.cells for output in cell.get("outputs", []))
    assert f"Loss of SGD: {format_number(penguins.run.loss, 4)}\n" in printed
    assert f"Gap: {format_number(penguins.run.gap, 3)}\n" in printed
    kinds = [cell.cell_type for cell in notebook.cells]
    assert kinds[:3] == ["markdown", "code", "markdown"]
    assert kinds.count("markdown") == 7


def test_the_same_experiment_gives_the_same_notebook(penguins):
    assert write_notebook(penguins.experiment) == write_notebook(penguins.experiment)


def test_names_from_a_file_are_never_markdown_in_the_notebook(tmp_path):
    table = pd.DataFrame({EVIL: [1.0, 2.0, 3.0, 5.0, 8.0, 9.0], "y": [1.0, 2.5, 3.0, 4.5, 8.0, 8.5]})
    table.to_csv(tmp_path / "evil.csv", index=False)
    made = from_table(tmp_path / "evil.csv", USUAL, target="y")
    notebook = nbformat.reads(write_notebook(made.experiment), as_version=4)
    words = "".join(cell.source for cell in notebook.cells if cell.cell_type == "markdown")
    assert not any(part in words for part in ("script>", "evil.example", "onerror"))
    code = "".join(cell.source for cell in notebook.cells if cell.cell_type == "code")
    assert "onerror" in code


def predict(made, folder, rows, **how):
    """Predict the rows of a CSV in a fresh process, from the two files alone."""
    models = {"": (made.run.weights, made.run.bias), "closed_form": (made.run.closed_form.weights, 1.5)}
    (folder / "own_model.safetensors").write_bytes(model_safetensors(made.experiment, models, "1f2e", {"epochs": 2}))
    (folder / "rows.csv").write_text(rows if isinstance(rows, str) else rows.to_csv(index=False, **how))
    printed = run_one(write_predictor(made.experiment, "own_model.safetensors"), folder, "rows.csv", name="predict.py")
    return pd.read_csv(io.StringIO(printed)).set_index("row")["predicted"]


def expected(made, frame):
    features = made.experiment.data.fitted.features(frame)
    X = features.X if made.experiment.expansion is None else made.experiment.expansion.transform(features.X)
    return pd.Series(made.run.predict(X).numpy(), index=features.rows)


@pytest.mark.parametrize("features", [{}, {"degree": 2, "products": True}])
def test_the_predictor_says_what_the_screen_says_also_without_labels(tmp_path, features):
    made = from_table(DATA / "penguins.csv", USUAL, target="body_mass_g", **features)
    raw = pd.read_csv(DATA / "penguins.csv", keep_default_na=False, na_values=["NA"])
    told = predict(made, tmp_path, raw.drop(columns="body_mass_g").iloc[::-1], na_rep="NA")
    should = expected(made, read_table(DATA / "penguins.csv").frame)[::-1]
    assert len(told) == 344
    assert np.allclose(told.to_numpy(), should.to_numpy(), rtol=1e-12, atol=0)


def test_the_predictor_fills_gaps_with_the_models_of_the_training_rows(tmp_path):
    plans = [
        ColumnPlan("bill_length_mm", "nearest", "number"),
        ColumnPlan("bill_depth_mm", "iterative", "number"),
        ColumnPlan("sex", "most_frequent", "one_hot"),
        ColumnPlan("flipper_length_mm", "mean", "number", scale="standard"),
    ]
    made = from_table(DATA / "penguins.csv", USUAL, recipe=Recipe("body_mass_g", tuple(plans)))
    told = predict(made, tmp_path, (DATA / "penguins.csv").read_text())
    should = expected(made, read_table(DATA / "penguins.csv").frame)
    assert np.allclose(told.to_numpy(), should.to_numpy(), rtol=1e-10, atol=0)


def test_the_predictor_reads_numbers_and_dates_as_the_table_spelled_them(tmp_path):
    days = pd.date_range("2024-01-05", periods=12, freq="9D").strftime("%d.%m.%Y")
    lines = [f"{day};1.{place}00,5 €;{'ja' if place % 3 else 'nein'};{place},5" for place, day in enumerate(days)]
    text = "Tag;Preis;offen;y\n" + "\n".join(lines) + "\n"
    (tmp_path / "table.csv").write_text(text)
    made = from_table(tmp_path / "table.csv", USUAL, target="y")
    told = predict(made, tmp_path, text)
    assert np.allclose(told, expected(made, read_table(tmp_path / "table.csv").frame), rtol=1e-12, atol=0)


def test_a_workbook_with_a_title_leaves_a_predictor_for_plain_csv(tmp_path):
    table = pd.DataFrame({"a": [1.5, 2, 3, 4, 5.5, 6], "kind": list("xyxyzx"), "y": [1.0, 2, 4, 3, 6, 5]})
    with pd.ExcelWriter(tmp_path / "book.xlsx") as book:
        pd.DataFrame([["A title"]]).to_excel(book, index=False, header=False)
        table.to_excel(book, index=False, startrow=2)
    made = from_table(tmp_path / "book.xlsx", USUAL, target="y")
    told = predict(made, tmp_path, table[["kind", "a"]])
    assert np.allclose(told, expected(made, read_table(tmp_path / "book.xlsx").frame), rtol=1e-12, atol=0)


@pytest.mark.parametrize("transform", ["log", "yeo_johnson", "standard"])
def test_predictions_of_a_transformed_target_are_in_the_units_of_the_table(tmp_path, transform):
    frame = read_table(DATA / "penguins.csv").frame
    recipe = Recipe("body_mass_g", suggest_recipe(frame, "body_mass_g").columns, transform)
    made = from_table(DATA / "penguins.csv", USUAL, recipe=recipe)
    told = predict(made, tmp_path, (DATA / "penguins.csv").read_text())
    target = made.experiment.data.fitted.target
    should = target.inverse(expected(made, frame).to_numpy())
    assert np.allclose(told.to_numpy(), should, rtol=1e-10, atol=0)
    printed = run_one(write_script(made.experiment), tmp_path, str(DATA / "penguins.csv"))
    truth = frame["body_mass_g"].dropna()[made.experiment.data.fitted.rows]
    error = np.sqrt(np.mean((target.inverse(made.run.predict(made.X_train).numpy()) - truth.to_numpy()) ** 2))
    rows = printed.partition("RMSE in the units of the table")[2].strip().splitlines()
    assert rows[0].split()[:3] == ["SGD", "training", "rows"]
    assert float(rows[0].split()[3].replace(",", "")) == pytest.approx(error, rel=1e-6)


def test_synthetic_rows_are_predicted_from_their_features(tmp_path):
    made = from_synthetic(BOOK, USUAL, degree=2)
    told = predict(made, tmp_path, pd.DataFrame({"x2": [0.5, -1.0], "x1": [1.0, 2.0]}))
    X = made.experiment.expansion.transform([[1.0, 0.5], [2.0, -1.0]])
    assert np.allclose(told, made.run.predict(X), rtol=1e-12)


def test_the_model_tells_where_it_came_from(penguins):
    models = {"": (penguins.run.weights, penguins.run.bias)}
    content = model_safetensors(penguins.experiment, models, "1f2e", {"epochs": 2})
    tensors = safetensors.torch.load(content)
    assert torch.equal(tensors["weights"], penguins.run.weights)
    assert tensors["bias"].dtype == torch.float64
    assert tensors["bias"].item() == penguins.run.bias
    length = int.from_bytes(content[:8], "little")
    told = json.loads(content[8 : 8 + length])["__metadata__"]
    assert json.loads(told["feature_names"]) == list(penguins.experiment.feature_names)
    assert told["target"] == "body_mass_g"
    assert told["digest"] == "1f2e"
    assert json.loads(told["settings"]) == {"epochs": 2}
    assert Recipe.from_json(told["recipe"]) == penguins.experiment.data.fitted.recipe
    learnt = {entry["column"]: entry for entry in json.loads(told["fitted"])}
    assert learnt["bill_length_mm"]["fill_value"] == pytest.approx(43.8, abs=0.5)


def test_the_predictor_refuses_the_model_of_another_experiment(penguins, tmp_path):
    other = from_synthetic(BOOK, USUAL)
    models = {"": (other.run.weights, other.run.bias)}
    (tmp_path / "m.safetensors").write_bytes(model_safetensors(other.experiment, models, "", {}))
    script = write_predictor(penguins.experiment, "m.safetensors")
    (tmp_path / "rows.csv").write_bytes((DATA / "penguins.csv").read_bytes())
    with pytest.raises(AssertionError, match="belongs to another experiment"):
        run_one(script, tmp_path)


class Reader(HTMLParser):
    """What a page is made of: tags with their attributes, and the text."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags, self.text = [], []
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data):
        self.text.append(data)


def report(**changes):
    svg = (
        '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><clipPath id="clip0"><path d="M0,0h9v9z"/>'
        '</clipPath><g clip-path="url(#clip0)"><path d="M0,0h9"/></g></svg>'
    )
    usual = {
        "title": f"Predicting {EVIL}",
        "outcome": EVIL,
        "notes": [EVIL],
        "facts": [(EVIL, EVIL)],
        "figures": [("Gap", "0.12")],
        "head": ["Coefficient", "SGD"],
        "rows": [[EVIL, "1.5"], ["bias", "−2"]],
        "charts": [(EVIL, svg), ("second", svg)],
        "steps": [EVIL],
        "code": EVIL,
        "made": EVIL,
        "light": {"page": "#fff", "text": "#000"},
        "dark": {"page": "#000", "text": "#fff"},
    }
    return Report(**{**usual, **changes})


def test_nothing_in_a_report_comes_from_elsewhere_and_no_name_is_markup():
    page = write_page(report())
    read = Reader(page)
    tags = {tag for tag, _attributes in read.tags}
    assert tags.isdisjoint({"script", "img", "link", "iframe", "object", "a", "base", "form"})
    for _tag, attributes in read.tags:
        assert not any(name.startswith("on") or name in ("src", "href", "xlink:href") for name in attributes)
    assert "".join(read.text).count(EVIL) == 11
    addresses = set(re.findall(r"https?://[^\s\"'<)]+", page)) - {"http://www.w3.org/2000/svg"}
    assert addresses == {"http://evil.example"}  # as text, in a name
    assert "default-src 'none'" in page


def test_charts_on_one_page_do_not_share_their_marks():
    read = Reader(write_page(report()))
    ids = [attributes["id"] for _tag, attributes in read.tags if "id" in attributes]
    assert ids == ["chart0-clip0", "chart1-clip0"]
    used = [attributes["clip-path"] for _tag, attributes in read.tags if "clip-path" in attributes]
    assert used == ["url(#chart0-clip0)", "url(#chart1-clip0)"]
    labels = [attributes["aria-label"] for tag, attributes in read.tags if tag == "svg"]
    assert labels == [EVIL, "second"]
