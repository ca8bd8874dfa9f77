"""An experiment that a person takes home: a script, a notebook, a report, the model, a session."""

from core.experiment.experiment import Experiment, SyntheticData, TableData
from core.experiment.model_file import model_safetensors
from core.experiment.notebook import write_notebook
from core.experiment.predictor import write_predictor
from core.experiment.report import Report, write_report
from core.experiment.script import write_script
from core.experiment.session import Session, dump_session, parse_session

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
