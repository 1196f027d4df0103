package dev.sextant.traceql.parse;

import java.math.BigDecimal;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Lengths of time as Prometheus writes them ({@code 1d12h}: whole numbers, each unit once, the
 * greatest first, a day 24 hours, a week 7 days, a year 365), or as Go does ({@code 1.5h}, {@code
 * 1m1.5s}), each number cut to whole nanoseconds.
 */
public final class DurationParser {
  /** Takes a number as a whole or not at all, so that it is read once. */
  private static final Pattern PIECE =
      Pattern.compile("(\\d++(?:\\.\\d*+)?|\\.\\d++)(ns|us|µs|μs|ms|[smhdwy])");

  private static final long MILLI = 1_000_000;
  private static final long HOUR = 3_600_000 * MILLI;
  private static final Map<String, Unit> UNITS =
      Map.ofEntries(
          Map.entry("ns", new Unit(1, 0, true)),
          Map.entry("us", new Unit(1_000, 0, true)),
          Map.entry("µs", new Unit(1_000, 0, true)),
          Map.entry("μs", new Unit(1_000, 0, true)),
          Map.entry("ms", new Unit(MILLI, 7, true)),
          Map.entry("s", new Unit(1_000 * MILLI, 6, true)),
          Map.entry("m", new Unit(60_000 * MILLI, 5, true)),
          Map.entry("h", new Unit(HOUR, 4, true)),
          Map.entry("d", new Unit(24 * HOUR, 3, false)),
          Map.entry("w", new Unit(7 * 24 * HOUR, 2, false)),
          Map.entry("y", new Unit(365 * 24 * HOUR, 1, false)));

  /**
   * @param place among those of Prometheus, from 1; 0 for none of them
   * @param ofGo whether Go has it
   */
  private record Unit(long nanos, int place, boolean ofGo) {}

  /**
   * A length of time within a text.
   *
   * @param end where it ends
   */
  record Found(long nanos, int end) {}

  private DurationParser() {}

  /** Nanoseconds; null where it is no length of time or one beyond 292 years. */
  public static @Nullable Long parse(String text) {
    Found found = at(text, 0);
    return found != null && found.end() == text.length() ? (Long) found.nanos() : null;
  }

  /**
   * The length of time that begins at a place, up to the first number or unit that does not fit;
   * null where none begins there.
   */
  static @Nullable Found at(String text, int from) {
    Matcher piece = PIECE.matcher(text);
    int at = from;
    int lastPlace = 0;
    boolean prometheus = true;
    boolean go = true;
    long sum = 0;
    while (piece.region(at, text.length()).lookingAt()) {
      Unit unit = Objects.requireNonNull(UNITS.get(piece.group(2)));
      long more = nanos(piece.group(1), unit);
      prometheus &= unit.place() > lastPlace && piece.group(1).indexOf('.') < 0;
      go &= unit.ofGo();
      if (more < 0 || sum + more < 0 || !(prometheus || go)) {
        break;
      }
      sum += more;
      lastPlace = unit.place();
      at = piece.end();
    }
    return at == from ? null : new Found(sum, at);
  }

  /** Below 0 where it does not fit a long. */
  private static long nanos(String number, Unit unit) {
    BigDecimal nanos = new BigDecimal(number).multiply(BigDecimal.valueOf(unit.nanos()));
    return nanos.compareTo(BigDecimal.valueOf(Long.MAX_VALUE)) > 0 ? -1 : nanos.longValue();
  }
}
