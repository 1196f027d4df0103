package dev.sextant.traceql.script;

/** A script that cannot be read; the message is {@code NAME:LINE: WHAT}. */
public final class ScriptException extends RuntimeException {
  ScriptException(String script, int line, String what, Throwable cause) {
    super(script + ":" + line + ": " + what, cause);
  }
}
