"""The three ways of the Toolkit as guided paths (F17): a workshop, a plan, Guidelines."""
