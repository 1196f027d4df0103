package dev.sextant.promql.script;

/** One command of a script. */
sealed interface ScriptCommand permits ScriptCommand.Clear, Load, Eval {
  /** Begins with an empty store. */
  record Clear() implements ScriptCommand {}
}
