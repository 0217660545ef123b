"""Figures of a text: which Chinese forms they have by rule, and whether a translation has them all."""
