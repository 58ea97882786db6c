"""Tasks: what is asked, what is right, and among which labels it has to be found."""

from evaluation.tasks.catalogue import SOURCES, read_tasks
from evaluation.tasks.task import Entry, Inputs, JudgedQuery, LabelSpace, Place, Task, TaskSource

__all__ = [
    "SOURCES",
    "Entry",
    "Inputs",
    "JudgedQuery",
    "LabelSpace",
    "Place",
    "Task",
    "TaskSource",
    "read_tasks",
]
