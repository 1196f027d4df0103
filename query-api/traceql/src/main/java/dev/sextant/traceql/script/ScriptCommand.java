package dev.sextant.traceql.script;

/** One command of a script. */
sealed interface ScriptCommand permits ScriptCommand.Clear, TraceBlock, SearchCase, MetricsCase {
  /** Begins without traces. */
  record Clear() implements ScriptCommand {}
}
