package dev.sextant.promql.script;

import dev.sextant.metrics.model.Labels;
import dev.sextant.metrics.model.Matcher;
import dev.sextant.promql.ast.Expr;
import dev.sextant.promql.parse.PromParser;
import dev.sextant.promql.parse.Syntax;
import java.util.ArrayList;
import java.util.List;

/** A series and the text behind it. */
record SeriesLine(Labels labels, String rest) {
  /** Splits a line after its series, which is written like a selector. */
  static SeriesLine parse(String line) {
    int at = 0;
    while (at < line.length()
        && !Character.isWhitespace(line.charAt(at))
        && line.charAt(at) != '{'
        && line.charAt(at) != '@') {
      at++;
    }
    int afterName = at;
    while (afterName < line.length() && Character.isWhitespace(line.charAt(afterName))) {
      afterName++;
    }
    boolean braces =
        afterName < line.length()
            && line.charAt(afterName) == '{'
            && !line.startsWith("{{", afterName);
    int end = braces ? closing(line, afterName) + 1 : at;
    return new SeriesLine(labels(line.substring(0, end)), line.substring(end));
  }

  private static int closing(String line, int open) {
    char quote = 0;
    for (int i = open; i < line.length(); i++) {
      char c = line.charAt(i);
      if (quote != 0) {
        if (c == '\\' && quote != '`') {
          i++;
        } else if (c == quote) {
          quote = 0;
        }
      } else if (c == '"' || c == '\'' || c == '`') {
        quote = c;
      } else if (c == '}') {
        return i;
      }
    }
    throw new IllegalArgumentException("no closing brace: " + line);
  }

  private static Labels labels(String series) {
    if (series.replaceAll("\\s", "").equals("{}")) {
      return Labels.EMPTY;
    }
    int brace = series.indexOf('{');
    boolean allEmpty = brace >= 0 && series.substring(0, brace).isBlank();
    String name = allEmpty ? "" : series.substring(0, brace < 0 ? series.length() : brace).trim();
    String braces = brace < 0 ? "{}" : series.substring(brace);
    List<String> pairs = new ArrayList<>();
    if (!name.isEmpty()) {
      pairs.add(Labels.NAME);
      pairs.add(name);
    }
    String selector = braces.equals("{}") ? "x" : "x" + braces;
    Expr expr = parseQuietly(selector);
    if (expr instanceof Expr.VectorSelector parsed) {
      for (Matcher matcher : parsed.matchers().subList(0, parsed.matchers().size() - 1)) {
        pairs.add(matcher.name());
        pairs.add(matcher.value());
      }
    }
    return Labels.of(pairs.toArray(new String[0]));
  }

  private static Expr parseQuietly(String selector) {
    String named =
        selector.contains("__name__") || selector.matches("x\\{\\s*[\"'`].*")
            ? selector.substring(1)
            : selector;
    Expr expr = PromParser.parse(named, Syntax.ALL);
    if (named.equals(selector) || !(expr instanceof Expr.VectorSelector parsed)) {
      return expr;
    }
    List<Matcher> matchers = new ArrayList<>(parsed.matchers());
    matchers.add(Matcher.equal(Labels.NAME, "ignored"));
    return new Expr.VectorSelector("", matchers, parsed.modifiers(), parsed.span());
  }
}
