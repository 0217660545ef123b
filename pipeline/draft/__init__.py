"""A machine draft of a unit: what the engine is given, what it is asked again, how its output becomes a target."""
