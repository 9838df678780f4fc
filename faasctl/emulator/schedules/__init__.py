"""Schedules: functions that run by the clock (functions-api §9)."""
