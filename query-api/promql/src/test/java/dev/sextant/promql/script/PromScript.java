package dev.sextant.promql.script;

import dev.sextant.metrics.model.InMemorySeries;
import dev.sextant.metrics.model.InMemorySeriesBuilder;
import dev.sextant.promql.PromEngine;
import dev.sextant.promql.parse.NumberText;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Runs scripts in the language of Prometheus' engine tests: {@code clear}, {@code load}, {@code
 * eval}.
 */
public final class PromScript {
  private static final Pattern INSTANT =
      Pattern.compile("eval(_fail|_warn|_info|_ordered)?\\s+instant\\s+(?:at\\s+(\\S+)\\s+)?(.+)");
  private static final Pattern RANGE =
      Pattern.compile(
          "eval(_fail|_warn|_info)?\\s+range\\s+from\\s+(\\S+)\\s+to\\s+(\\S+)\\s+step\\s+(\\S+?)\\s+(.+)");
  private static final Pattern RANGE_VECTOR =
      Pattern.compile(
          "expect\\s+range\\s+vector\\s+from\\s+(\\S+)\\s+to\\s+(\\S+)\\s+step\\s+(\\S+)");

  /** What became of a script's evaluations; failures as {@code line: query: what was wrong}. */
  public record Outcome(int evals, int passed, List<String> failures) {}

  private final PromEngine engine;
  private final List<String> lines = new ArrayList<>();
  private final List<String> failures = new ArrayList<>();
  private InMemorySeriesBuilder data = InMemorySeries.builder();
  private int at;
  private int evals;

  private PromScript(PromEngine engine, String text) {
    this.engine = engine;
    for (String line : text.split("\n")) {
      String trimmed = line.strip();
      lines.add(trimmed.startsWith("#") ? "" : trimmed);
    }
  }

  /** Runs a whole script. */
  public static Outcome run(PromEngine engine, String text) {
    PromScript script = new PromScript(engine, text);
    script.run();
    return new Outcome(script.evals, script.evals - script.failures.size(), script.failures);
  }

  private void run() {
    while (at < lines.size()) {
      String line = lines.get(at++);
      if (line.isEmpty()) {
        continue;
      }
      if (line.equals("clear")) {
        data = InMemorySeries.builder();
      } else if (line.startsWith("load")) {
        load(line);
      } else if (line.startsWith("eval")) {
        eval(line);
      } else {
        throw new IllegalArgumentException("line " + at + " is no command: " + line);
      }
    }
  }

  private void load(String line) {
    String[] words = line.split("\\s+");
    Loader loader =
        new Loader(
            data, NumberText.parseDurationMillis(words[1]), words[0].equals("load_with_nhcb"));
    while (at < lines.size() && !lines.get(at).isEmpty()) {
      loader.line(lines.get(at++));
    }
    loader.finish();
  }

  private void eval(String line) {
    Eval eval = header(line);
    eval.line = at;
    while (at < lines.size() && !lines.get(at).isEmpty()) {
      String next = lines.get(at++);
      if (!expectation(eval, next) && !number(eval, next)) {
        SeriesLine series = SeriesLine.parse(next);
        eval.series.put(series.labels(), PointParser.parse(series.rest()));
      }
    }
    evals++;
    String problem = new EvalCheck(engine, data.build(), eval).problem();
    if (problem != null) {
      failures.add(eval.line + ": " + eval.query + ": " + problem);
    }
  }

  private static Eval header(String line) {
    Eval eval = new Eval();
    Matcher instant = INSTANT.matcher(line);
    Matcher range = RANGE.matcher(line);
    if (instant.matches()) {
      eval.instant = true;
      eval.startMillis = instant.group(2) == null ? 0 : NumberTexts.millis(instant.group(2));
      eval.query = instant.group(3);
    } else if (range.matches()) {
      eval.startMillis = NumberTexts.millis(range.group(2));
      eval.endMillis = NumberTexts.millis(range.group(3));
      eval.stepMillis = NumberTexts.millis(range.group(4));
      eval.query = range.group(5);
    } else {
      throw new IllegalArgumentException("no eval: " + line);
    }
    String suffix = instant.matches() ? instant.group(1) : range.group(1);
    eval.fails = "_fail".equals(suffix);
    eval.ordered = "_ordered".equals(suffix);
    if ("_warn".equals(suffix)) {
      eval.warnings.add(text -> true);
    }
    if ("_info".equals(suffix)) {
      eval.infos.add(text -> true);
    }
    return eval;
  }

  private static boolean expectation(Eval eval, String line) {
    Matcher rangeVector = RANGE_VECTOR.matcher(line);
    if (rangeVector.matches()) {
      eval.rangeVector = true;
      eval.startMillis = NumberTexts.millis(rangeVector.group(1));
      eval.endMillis = NumberTexts.millis(rangeVector.group(2));
      eval.stepMillis = NumberTexts.millis(rangeVector.group(3));
      return true;
    }
    if (line.startsWith("expected_fail_message")) {
      String wanted = line.substring("expected_fail_message".length()).strip();
      eval.failure = message -> message.equals(wanted);
      return true;
    }
    if (line.startsWith("expected_fail_regexp")) {
      Pattern wanted = Pattern.compile(line.substring("expected_fail_regexp".length()).strip());
      eval.failure = message -> wanted.matcher(message).find();
      return true;
    }
    return line.startsWith("expect ")
        && annotation(eval, line.substring("expect ".length()).strip());
  }

  private static boolean annotation(Eval eval, String line) {
    String word = line.split("\\s+")[0];
    String rest = line.substring(word.length()).strip();
    switch (word) {
      case "fail" -> {
        eval.fails = true;
        eval.failure = matcher(rest);
      }
      case "warn" -> eval.warnings.add(matcher(rest));
      case "info" -> eval.infos.add(matcher(rest));
      case "no_warn" -> eval.noWarning = true;
      case "no_info" -> eval.noInfo = true;
      case "ordered" -> eval.ordered = true;
      case "string" -> eval.text = NumberTexts.unquote(rest);
      default -> {
        return false;
      }
    }
    return true;
  }

  private static Predicate<String> matcher(String rest) {
    if (rest.startsWith("msg:")) {
      String wanted = rest.substring(4).strip();
      return text -> text.equals(wanted);
    }
    if (rest.startsWith("regex:")) {
      Pattern wanted = Pattern.compile(rest.substring(6).strip());
      return text -> wanted.matcher(text).find();
    }
    return text -> true;
  }

  private static boolean number(Eval eval, String line) {
    if (line.contains(" ") || line.contains("\t") || line.contains("{")) {
      return false;
    }
    try {
      eval.scalar = PointParser.number(line);
      return true;
    } catch (NumberFormatException e) {
      return false;
    }
  }
}
