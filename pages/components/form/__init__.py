"""Filling a form: what was typed, one field, one record, the list of what is to be filled."""
