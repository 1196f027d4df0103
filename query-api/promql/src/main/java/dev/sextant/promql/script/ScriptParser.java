package dev.sextant.promql.script;

import dev.sextant.promql.parse.NumberText;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Splits a script into commands: blocks that blank lines end. */
final class ScriptParser {
  private final String name;
  private final List<String> lines = new ArrayList<>();
  private int at;

  ScriptParser(String name, String text) {
    this.name = name;
    for (String line : text.split("\n", -1)) {
      String trimmed = line.strip();
      lines.add(trimmed.startsWith("#") ? "" : trimmed);
    }
  }

  List<ScriptCommand> parse() {
    List<ScriptCommand> commands = new ArrayList<>();
    while (at < lines.size()) {
      String line = lines.get(at++);
      if (!line.isEmpty()) {
        try {
          commands.add(command(line));
        } catch (IllegalArgumentException e) {
          throw new ScriptException(name, at, String.valueOf(e.getMessage()), e);
        }
      }
    }
    return commands;
  }

  private ScriptCommand command(String line) {
    String word = line.split("\\s+", 2)[0].toLowerCase(Locale.ROOT);
    if (word.equals("clear")) {
      return new ScriptCommand.Clear();
    }
    if (word.startsWith("load")) {
      return load(line);
    }
    if (word.startsWith("eval")) {
      return eval(line);
    }
    throw new IllegalArgumentException(
        "expected clear, load, load_with_nhcb or eval, but found " + word);
  }

  private Load load(String line) {
    String[] words = line.split("\\s+", -1);
    boolean custom = words[0].equalsIgnoreCase("load_with_nhcb");
    if (words.length != 2 || !(custom || words[0].equalsIgnoreCase("load"))) {
      throw new IllegalArgumentException("expected load STEP or load_with_nhcb STEP");
    }
    Load load = new Load(NumberText.parseDurationMillis(words[1]), custom);
    while (at < lines.size() && !lines.get(at).isEmpty()) {
      load.line(lines.get(at++));
    }
    load.finish();
    return load;
  }

  private Eval eval(String line) {
    EvalParser eval = new EvalParser(at, line);
    boolean more = true;
    while (more && at < lines.size() && !lines.get(at).isEmpty()) {
      more = eval.line(lines.get(at++));
    }
    return eval.finish();
  }
}
