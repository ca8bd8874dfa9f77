import json

from dashboard.scenes.neuron.scene import neuron_scene


def scene(label: str = "Gentoo"):
    return neuron_scene([1.2, -0.4], [1.5, -1.0], -0.8, names=["<b>", "y"], label=label, across=0, up=1)


def test_a_scene_can_be_written_as_json_and_keeps_every_digit():
    read = json.loads(json.dumps(scene(), allow_nan=False))
    assert read["x"] == [1.2, -0.4]
    assert read["w"] == [1.5, -1.0]
    assert read["b"] == -0.8
    assert read["names"] == ["<b>", "y"]


def test_the_class_is_named_as_it_is_typed():
    words = scene("{p} & <i>")["words"]
    assert words["likely"].startswith("{p} means: {p} & <i> is")
    assert words["sideYes"] == "on the side of {p} & <i>"
    assert words["sideNo"] == "on the side away from {p} & <i>"


def test_a_flat_sigmoid_is_not_called_the_end_of_learning():
    assert "Cross-entropy, used in Train, cancels this factor" in scene()["words"]["saturated"]
