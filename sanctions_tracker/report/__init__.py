"""Charts of results; needs the extra ``report``."""

from sanctions_tracker.report.calibration import calibration_chart, require_charts, save_calibration

__all__ = ["calibration_chart", "require_charts", "save_calibration"]
