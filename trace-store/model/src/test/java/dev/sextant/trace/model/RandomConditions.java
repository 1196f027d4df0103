package dev.sextant.trace.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/** Conditions by seed that spans of {@link RandomSpans} satisfy now and then. */
public final class RandomConditions {
  private static final List<String> KEYS =
      List.of("http.method", "code", "ratio", "flag", "mixed", "list", "größe", "not.there");
  private static final List<String> TEXTS =
      List.of("GET", "POST", "", "get", "shop", "cart", "größe", "query", "io.http", "exception");
  private static final List<String> REGEXES =
      List.of(
          "GET.*", "G|POST", ".*", ".+", "(?i)get", "[a-z]+", "shop(-db)?", "line.break", "gr..e");
  private static final List<SpanField.Intrinsic> OF_SPAN =
      List.of(
          SpanField.Intrinsic.NAME,
          SpanField.Intrinsic.KIND,
          SpanField.Intrinsic.STATUS,
          SpanField.Intrinsic.STATUS_MESSAGE,
          SpanField.Intrinsic.START,
          SpanField.Intrinsic.DURATION,
          SpanField.Intrinsic.TRACE_ID,
          SpanField.Intrinsic.SPAN_ID,
          SpanField.Intrinsic.PARENT_ID,
          SpanField.Intrinsic.INSTRUMENTATION_NAME,
          SpanField.Intrinsic.INSTRUMENTATION_VERSION,
          SpanField.Intrinsic.EVENT_NAME,
          SpanField.Intrinsic.EVENT_TIME_SINCE_START,
          SpanField.Intrinsic.LINK_TRACE_ID,
          SpanField.Intrinsic.LINK_SPAN_ID);
  private static final List<SpanField.Intrinsic> OF_TRACE =
      List.of(
          SpanField.Intrinsic.ROOT_NAME,
          SpanField.Intrinsic.ROOT_SERVICE,
          SpanField.Intrinsic.TRACE_START,
          SpanField.Intrinsic.TRACE_DURATION,
          SpanField.Intrinsic.CHILD_COUNT,
          SpanField.Intrinsic.NESTED_SET_LEFT,
          SpanField.Intrinsic.NESTED_SET_RIGHT,
          SpanField.Intrinsic.NESTED_SET_PARENT);

  private final Random random;
  private final boolean ofTraces;

  /**
   * @param ofTraces whether fields that a trace gives its spans are among those asked for
   */
  public RandomConditions(long seed, boolean ofTraces) {
    random = new Random(seed);
    this.ofTraces = ofTraces;
  }

  /** An attribute of any scope, or an intrinsic. */
  public SpanField field() {
    return switch (random.nextInt(6)) {
      case 0 -> SpanField.SERVICE;
      case 1, 2, 3 -> new SpanField.Attribute(pick(SpanField.Scope.values()), pick(KEYS));
      case 4 -> pick(ofTraces ? OF_TRACE : OF_SPAN);
      default -> pick(OF_SPAN);
    };
  }

  public SpanCondition condition() {
    return condition(2);
  }

  private SpanCondition condition(int depth) {
    return switch (random.nextInt(depth > 0 ? 8 : 5)) {
      case 0 -> new SpanCondition.Present(field());
      case 5 -> new SpanCondition.And(parts(depth - 1));
      case 6, 7 -> new SpanCondition.Or(parts(depth - 1));
      default -> compare();
    };
  }

  private List<SpanCondition> parts(int depth) {
    return IntStream.range(0, random.nextInt(4)).mapToObj(i -> condition(depth)).toList();
  }

  private SpanCondition compare() {
    SpanField field = field();
    SpanCondition.Op op = pick(SpanCondition.Op.values());
    if (op.compareTo(SpanCondition.Op.MATCHES) >= 0) {
      return new SpanCondition.Compare(field, op, SpanValue.of(pick(REGEXES)));
    }
    return new SpanCondition.Compare(field, op, operand());
  }

  private SpanValue operand() {
    return switch (random.nextInt(9)) {
      case 0 -> SpanValue.of((long) random.nextInt(6));
      case 1 -> SpanValue.of(200L + 100 * random.nextInt(4));
      case 2 -> SpanValue.of(random.nextInt(12) / 4.0);
      case 3 -> SpanValue.of(random.nextBoolean());
      case 4 -> SpanValue.of(random.nextLong(4_000_000_000L));
      case 5 -> SpanValue.of(random.nextBoolean() ? (1L << 53) + 1 : Long.MAX_VALUE);
      case 6 -> SpanValue.of(random.nextBoolean() ? 0x1p53 : 0x1p63);
      default -> SpanValue.of(pick(TEXTS));
    };
  }

  /** Some fields, trace fields only where they were asked for. */
  public List<SpanField> fields() {
    List<SpanField> fields = new ArrayList<>();
    for (int i = random.nextInt(8); i >= 0; i--) {
      fields.add(field());
    }
    return fields;
  }

  private <T> T pick(T[] from) {
    return from[random.nextInt(from.length)];
  }

  private <T> T pick(List<T> from) {
    return from.get(random.nextInt(from.size()));
  }
}
