"""Exports of an experiment: a script, a notebook, a report, the model, a session."""

from core.export.model_file import model_safetensors
from core.export.notebook import write_notebook
from core.export.predictor import write_predictor
from core.export.report import Report, write_report
from core.export.session import Session, dump_session, parse_session
from core.export.training_script.experiment import Experiment, SyntheticData, TableData
from core.export.training_script.script import write_script

__all__ = [
    "Experiment",
    "Report",
    "Session",
    "SyntheticData",
    "TableData",
    "dump_session",
    "model_safetensors",
    "parse_session",
    "write_notebook",
    "write_predictor",
    "write_report",
    "write_script",
]
