package dev.sextant.traceql.script;

import java.util.ArrayList;
import java.util.List;

/**
 * Splits a script into commands. A command begins at the left edge and goes on in the lines that
 * are further right; blank lines and lines that begin with {@code #} count for nothing.
 */
final class ScriptParser {
  private final String name;
  private final String[] lines;
  private int at;

  /** What was told of so far, to refuse a trace at its line. */
  private Traces traces = new Traces();

  ScriptParser(String name, String text) {
    this.name = name;
    this.lines = text.split("\n", -1);
  }

  List<ScriptCommand> parse() {
    List<ScriptCommand> commands = new ArrayList<>();
    while (skipBlanks()) {
      try {
        commands.add(command(lines[at++].stripTrailing()));
      } catch (IllegalArgumentException e) {
        throw new ScriptException(name, at, String.valueOf(e.getMessage()), e);
      }
    }
    return commands;
  }

  /** Goes to the next line that counts; false at the end. */
  private boolean skipBlanks() {
    while (at < lines.length && (lines[at].isBlank() || lines[at].strip().startsWith("#"))) {
      at++;
    }
    return at < lines.length;
  }

  /** Whether the next line that counts belongs to the command before it. */
  private boolean goesOn() {
    return skipBlanks() && lines[at].startsWith(" ");
  }

  private ScriptCommand command(String line) {
    LineReader words = new LineReader(line);
    String word = words.next("a command");
    return switch (word) {
      case "clear" -> {
        traces = new Traces();
        yield new ScriptCommand.Clear();
      }
      case "trace" -> trace(words);
      case "search" -> rest(new SearchCase.Reader(at, words));
      case "metrics" -> rest(new MetricsCase.Reader(at, words));
      default ->
          throw new IllegalArgumentException(
              "expected trace, search, metrics or clear, but found " + word);
    };
  }

  private ScriptCommand trace(LineReader words) {
    int line = at;
    TraceBlock.Reader reader = new TraceBlock.Reader(words);
    while (goesOn()) {
      reader.line(lines[at++].stripTrailing());
    }
    try {
      TraceBlock trace = reader.finish();
      traces.add(trace);
      return trace;
    } catch (IllegalArgumentException e) {
      throw new ScriptException(name, line, String.valueOf(e.getMessage()), e);
    }
  }

  private ScriptCommand rest(CaseReader reader) {
    while (goesOn()) {
      reader.line(lines[at++].stripTrailing());
    }
    return reader.finish();
  }
}
