package dev.sextant.traceql.script;

/** Reads what follows the first line of a question. */
interface CaseReader {
  /** A line with its indentation. */
  void line(String text);

  /** The question with what is expected of it. */
  ScriptCommand finish();
}
