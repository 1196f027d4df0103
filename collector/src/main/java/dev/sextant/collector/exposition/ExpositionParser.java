package dev.sextant.collector.exposition;

import dev.sextant.collector.exposition.ExpositionHandler.Violation;
import dev.sextant.collector.exposition.Sample.LineExemplar;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads Prometheus' classic text format 0.0.4 and OpenMetrics 1.0, line by line. For OpenMetrics
 * the rules across lines are {@link OpenMetricsRules}'.
 */
public final class ExpositionParser {
  private final Dialect dialect;
  private final ExpositionHandler handler;
  private boolean ended;

  private ExpositionParser(Dialect dialect, ExpositionHandler handler) {
    this.dialect = dialect;
    this.handler = dialect == Dialect.OPENMETRICS ? new OpenMetricsRules(handler) : handler;
  }

  /**
   * Hands every line on to the handler.
   *
   * @throws ExpositionException at the first line that does not follow the format; what the handler
   *     was given before is to be dropped
   */
  public static void parse(ByteBuffer body, Dialect dialect, ExpositionHandler handler)
      throws ExpositionException {
    String text = StandardCharsets.UTF_8.decode(body.duplicate()).toString();
    new ExpositionParser(dialect, handler).lines(text);
  }

  private void lines(String text) throws ExpositionException {
    int number = 0;
    try {
      for (int start = 0; start < text.length(); ) {
        number++;
        int end = text.indexOf('\n', start);
        if (end < 0 && dialect == Dialect.OPENMETRICS && !text.startsWith("# EOF", start)) {
          throw new Violation("the last line does not end");
        }
        int stop = end < 0 ? text.length() : end;
        line(text.substring(start, stop));
        start = stop + 1;
      }
      if (dialect == Dialect.OPENMETRICS && !ended) {
        throw new Violation("the exposition does not end with # EOF");
      }
      handler.end();
    } catch (Violation e) {
      throw new ExpositionException(number, String.valueOf(e.getMessage()));
    }
  }

  private void line(String line) throws Violation {
    if (dialect == Dialect.OPENMETRICS) {
      strictLine(line);
      return;
    }
    LineScanner in =
        new LineScanner(line.endsWith("\r") ? line.substring(0, line.length() - 1) : line);
    in.skipBlanks();
    if (in.atEnd()) {
      return;
    }
    if (in.skip("#")) {
      comment(in);
    } else {
      sample(in);
    }
  }

  private void strictLine(String line) throws Violation {
    if (ended) {
      throw new Violation("a line follows # EOF");
    }
    if (line.equals("# EOF")) {
      ended = true;
    } else if (line.startsWith("#")) {
      descriptor(line);
    } else {
      strictSample(new LineScanner(line));
    }
  }

  private void comment(LineScanner in) throws Violation {
    in.skipBlanks();
    String keyword = in.token();
    if (!keyword.equals("TYPE") && !keyword.equals("HELP")) {
      return;
    }
    in.skipBlanks();
    String family = in.name(true);
    if (family.isEmpty()) {
      throw new Violation("# " + keyword + " names no metric");
    }
    in.skipBlanks();
    if (keyword.equals("HELP")) {
      handler.help(family, LineScanner.unescaped(in.rest(), false));
      return;
    }
    String type = in.token();
    switch (type) {
      case "counter", "gauge", "histogram", "summary" -> handler.type(family, type);
      case "untyped" -> handler.type(family, "unknown");
      default -> throw new Violation("'" + type + "' is no metric type");
    }
  }

  private void sample(LineScanner in) throws Violation {
    String name = in.name(true);
    if (name.isEmpty()) {
      throw new Violation("expected a metric's name");
    }
    in.skipBlanks();
    Map<String, String> labels = in.labels(true);
    in.skipBlanks();
    double value = Numbers.lenient(in.token());
    in.skipBlanks();
    String timestamp = in.token();
    if (!timestamp.isEmpty() && !timestamp.matches("[+-]?[0-9]{1,18}")) {
      throw new Violation("timestamp '" + timestamp + "' is no number of milliseconds");
    }
    in.skipBlanks();
    if (!in.atEnd()) {
      throw new Violation("more text follows the sample: '" + in.rest() + "'");
    }
    handler.sample(new Sample(name, labels, value, timestamp, null));
  }

  private void descriptor(String line) throws Violation {
    String[] parts = line.split(" ", 4);
    if (parts.length < 4 || !parts[0].equals("#")) {
      throw new Violation("expected '# TYPE|HELP|UNIT name text' or '# EOF'");
    }
    LineScanner name = new LineScanner(parts[2]);
    String family = name.name(true);
    if (family.isEmpty() || !name.atEnd()) {
      throw new Violation("'" + parts[2] + "' is no metric's name");
    }
    switch (parts[1]) {
      case "TYPE" -> handler.type(family, parts[3]);
      case "HELP" -> handler.help(family, LineScanner.unescaped(parts[3], true));
      case "UNIT" -> handler.unit(family, parts[3]);
      default -> throw new Violation("'# " + parts[1] + "' is not known");
    }
  }

  private void strictSample(LineScanner in) throws Violation {
    String name = in.name(true);
    if (name.isEmpty()) {
      throw new Violation("expected a metric's name");
    }
    Map<String, String> labels = in.labels(false);
    space(in);
    double value = Numbers.strict(in.token());
    String timestamp = "";
    LineExemplar exemplar = null;
    if (!in.atEnd()) {
      space(in);
      if (in.peek() != '#') {
        timestamp = timestamp(in);
        if (!in.atEnd()) {
          space(in);
        }
      }
      if (!in.atEnd()) {
        exemplar = exemplar(in);
      }
    }
    handler.sample(new Sample(name, labels, value, timestamp, exemplar));
  }

  private static @Nullable LineExemplar exemplar(LineScanner in) throws Violation {
    if (!in.skip("# ") || in.peek() != '{') {
      throw new Violation("expected an exemplar: # {labels} value");
    }
    Map<String, String> labels = in.labels(false);
    space(in);
    double value = Numbers.strict(in.token());
    String timestamp = "";
    if (!in.atEnd()) {
      space(in);
      timestamp = timestamp(in);
    }
    if (!in.atEnd()) {
      throw new Violation("more text follows the exemplar");
    }
    return new LineExemplar(labels, value, timestamp);
  }

  private static String timestamp(LineScanner in) throws Violation {
    String token = in.token();
    if (!Double.isFinite(Numbers.strict(token))) {
      throw new Violation("timestamp '" + token + "' is not finite");
    }
    return token;
  }

  private static void space(LineScanner in) throws Violation {
    if (!in.skip(" ")) {
      throw new Violation("expected one space before '" + in.rest() + "'");
    }
  }
}
