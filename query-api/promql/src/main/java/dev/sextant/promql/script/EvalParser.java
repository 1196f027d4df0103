package dev.sextant.promql.script;

import dev.sextant.metrics.model.Labels;
import dev.sextant.promql.parse.Quoting;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads one {@code eval}: its own line, then what is expected, line by line. */
final class EvalParser {
  private static final Pattern INSTANT =
      Pattern.compile(
          "eval(_fail|_warn|_info|_ordered)?\\s+instant\\s+(?:at\\s+(\\S+)\\s+)?(.+)",
          Pattern.CASE_INSENSITIVE);
  private static final Pattern RANGE =
      Pattern.compile(
          "eval(_fail|_warn|_info)?\\s+range\\s+from\\s+(\\S+)\\s+to\\s+(\\S+)\\s+step\\s+(\\S+?)\\s+(.+)",
          Pattern.CASE_INSENSITIVE);
  private static final Pattern RANGE_VECTOR =
      Pattern.compile(
          "expect\\s+range\\s+vector\\s+from\\s+(\\S+)\\s+to\\s+(\\S+)\\s+step\\s+(\\S+)");

  private final int line;
  private final String query;
  private final boolean instant;
  private Eval.Grid grid;
  private @Nullable Predicate<String> failure;
  private boolean ordered;
  private boolean noWarning;
  private boolean noInfo;
  private final List<Predicate<String>> warnings = new ArrayList<>();
  private final List<Predicate<String>> infos = new ArrayList<>();
  private boolean rangeVector;
  private @Nullable String text;
  private @Nullable Double scalar;
  private final Map<Labels, List<Point>> series = new LinkedHashMap<>();

  /**
   * @param line of the script, from 1
   */
  EvalParser(int line, String header) {
    this.line = line;
    Matcher at = INSTANT.matcher(header);
    Matcher range = RANGE.matcher(header);
    instant = at.matches();
    if (instant) {
      String time = at.group(2);
      long millis = time == null ? 0 : ScriptNumbers.millis(time);
      grid = new Eval.Grid(millis, millis, 0);
      query = at.group(3);
      suffix(at.group(1));
    } else if (range.matches()) {
      grid = grid(range, 2);
      query = range.group(5);
      suffix(range.group(1));
    } else {
      throw new IllegalArgumentException(
          "expected eval instant at T EXPR or eval range from T to T step D EXPR");
    }
  }

  private static Eval.Grid grid(Matcher matcher, int group) {
    Eval.Grid grid =
        new Eval.Grid(
            ScriptNumbers.millis(matcher.group(group)),
            ScriptNumbers.millis(matcher.group(group + 1)),
            ScriptNumbers.millis(matcher.group(group + 2)));
    if (grid.endMillis() < grid.startMillis() || grid.stepMillis() <= 0) {
      throw new IllegalArgumentException(
          "a range ends before it begins, or has a step that is not above 0");
    }
    return grid;
  }

  private void suffix(@Nullable String suffix) {
    switch (suffix == null ? "" : suffix) {
      case "_fail" -> failure = message -> true;
      case "_warn" -> warnings.add(message -> true);
      case "_info" -> infos.add(message -> true);
      case "_ordered" -> ordered = true;
      default -> {}
    }
  }

  /** Whether more lines may follow. */
  boolean line(String next) {
    if (next.startsWith("expected_fail_message")) {
      String wanted = next.substring("expected_fail_message".length()).strip();
      failure = message -> message.equals(wanted);
      return false;
    }
    if (next.startsWith("expected_fail_regexp")) {
      failure = matcher("regex:" + next.substring("expected_fail_regexp".length()));
      return false;
    }
    if (next.startsWith("expect ") || next.startsWith("expect\t") || next.equals("expect")) {
      expectation(next);
      return true;
    }
    if (ScriptNumbers.isNumber(next)) {
      scalar = ScriptNumbers.number(next);
      return false;
    }
    expected(SeriesLine.parse(next));
    return true;
  }

  private void expected(SeriesLine expected) {
    int points = expected.points().size();
    if (instant && !rangeVector && points != 1) {
      throw new IllegalArgumentException(
          "an instant query gives one point a series, but " + points + " are expected");
    }
    long steps = instant ? points : (grid.endMillis() - grid.startMillis()) / grid.stepMillis() + 1;
    if (points > steps) {
      throw new IllegalArgumentException(points + " points are expected of " + steps + " steps");
    }
    series.put(expected.labels(), expected.points());
  }

  private void expectation(String expectation) {
    Matcher range = RANGE_VECTOR.matcher(expectation);
    if (range.matches()) {
      rangeVector = true;
      grid = grid(range, 1);
      return;
    }
    String[] words = expectation.split("\\s+", 3);
    String word = words.length < 2 ? "" : words[1];
    String rest = words.length < 3 ? "" : words[2].strip();
    switch (word) {
      case "fail" -> failure = matcher(rest);
      case "warn" -> warnings.add(matcher(rest));
      case "info" -> infos.add(matcher(rest));
      case "no_warn" -> noWarning = true;
      case "no_info" -> noInfo = true;
      case "ordered" -> ordered = true;
      case "string" -> text = Quoting.unquote(rest);
      default ->
          throw new IllegalArgumentException(
              "expected fail, warn, info, no_warn, no_info, ordered, range vector or string after"
                  + " expect, but found "
                  + word);
    }
  }

  private static Predicate<String> matcher(String rest) {
    if (rest.startsWith("msg:")) {
      String wanted = rest.substring(4).strip();
      return message -> message.equals(wanted);
    }
    if (rest.startsWith("regex:")) {
      Pattern wanted = Pattern.compile(rest.substring(6).strip());
      return message -> wanted.matcher(message).find();
    }
    if (!rest.isEmpty()) {
      throw new IllegalArgumentException("expected msg: or regex:, but found " + rest);
    }
    return message -> true;
  }

  Eval finish() {
    if ((noWarning && !warnings.isEmpty()) || (noInfo && !infos.isEmpty())) {
      throw new IllegalArgumentException("annotations are expected and expected not to be");
    }
    return new Eval(
        line,
        Objects.requireNonNull(query),
        instant,
        grid,
        failure,
        ordered,
        new Eval.Notes(noWarning, warnings),
        new Eval.Notes(noInfo, infos),
        rangeVector,
        text,
        scalar,
        series);
  }
}
