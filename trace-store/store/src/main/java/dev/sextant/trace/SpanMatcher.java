package dev.sextant.trace;

import dev.sextant.storage.UnsupportedPlanException;
import dev.sextant.storage.otlp.AttributeValue;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A filter made ready: says of a block whether it may hold a match, by its bloom filter, and of a
 * span whether it matches. What columns can decide is asked first, so that payloads are
 * decompressed only where they must be. For one thread.
 */
final class SpanMatcher {
  private final Condition condition;

  /**
   * @throws UnsupportedPlanException where the filter names an unknown intrinsic
   */
  SpanMatcher(SpanFilter filter) {
    this.condition = compile(filter);
  }

  boolean mayMatch(StoredSpans spans) {
    return condition.mayMatch(spans);
  }

  boolean matches(StoredSpans spans, int index) {
    return condition.matches(spans, index);
  }

  private interface Condition {
    boolean matches(StoredSpans spans, int index);

    default boolean mayMatch(StoredSpans spans) {
      return true;
    }

    /** Whether columns alone decide it. */
    default boolean isCheap() {
      return false;
    }
  }

  private static Condition compile(SpanFilter filter) {
    return switch (filter) {
      case SpanFilter.And(List<SpanFilter> parts) -> new All(cheapFirst(parts));
      case SpanFilter.Or(List<SpanFilter> parts) -> new Any(cheapFirst(parts));
      case SpanFilter.Not(SpanFilter part) -> new None(compile(part));
      case SpanFilter.Compare compare -> new Comparison(compare);
    };
  }

  private static List<Condition> cheapFirst(List<SpanFilter> parts) {
    return parts.stream()
        .map(SpanMatcher::compile)
        .sorted(Comparator.comparing(part -> part.isCheap() ? 0 : 1))
        .toList();
  }

  private record All(List<Condition> parts) implements Condition {
    @Override
    public boolean matches(StoredSpans spans, int index) {
      for (Condition part : parts) {
        if (!part.matches(spans, index)) {
          return false;
        }
      }
      return true;
    }

    @Override
    public boolean mayMatch(StoredSpans spans) {
      return parts.stream().allMatch(part -> part.mayMatch(spans));
    }

    @Override
    public boolean isCheap() {
      return parts.stream().allMatch(Condition::isCheap);
    }
  }

  private record Any(List<Condition> parts) implements Condition {
    @Override
    public boolean matches(StoredSpans spans, int index) {
      for (Condition part : parts) {
        if (part.matches(spans, index)) {
          return true;
        }
      }
      return false;
    }

    @Override
    public boolean mayMatch(StoredSpans spans) {
      return parts.stream().anyMatch(part -> part.mayMatch(spans));
    }

    @Override
    public boolean isCheap() {
      return parts.stream().allMatch(Condition::isCheap);
    }
  }

  private record None(Condition part) implements Condition {
    @Override
    public boolean matches(StoredSpans spans, int index) {
      return !part.matches(spans, index);
    }

    @Override
    public boolean isCheap() {
      return part.isCheap();
    }
  }

  private static final class Comparison implements Condition {
    private final SpanFilter.Compare compare;
    private final FieldReader reader;

    Comparison(SpanFilter.Compare compare) {
      this.compare = compare;
      this.reader = new FieldReader(compare.field());
    }

    @Override
    public boolean matches(StoredSpans spans, int index) {
      AttributeValue value = reader.value(spans, index);
      return value != null && Values.holds(value, compare.op(), compare.value());
    }

    @Override
    public boolean mayMatch(StoredSpans spans) {
      if (compare.op() != SpanFilter.Op.EQUAL
          || compare.field().place() == SpanField.Place.INTRINSIC
          || compare.field().equals(SpanField.SERVICE)
          || !(compare.value() instanceof AttributeValue.Text(String text))) {
        return true;
      }
      return spans.block().mightContain(SpanKeys.ofAttribute(compare.field().name(), text));
    }

    @Override
    public boolean isCheap() {
      return compare.field().place() == SpanField.Place.INTRINSIC
          || compare.field().place() == SpanField.Place.RESOURCE;
    }
  }

  /** Reads one field of spans. */
  static final class FieldReader {
    private final SpanField field;
    private final byte[] key;

    /**
     * @throws UnsupportedPlanException where the field is an unknown intrinsic
     */
    FieldReader(SpanField field) {
      this.field = field;
      this.key = field.name().getBytes(StandardCharsets.UTF_8);
      boolean unknown =
          switch (field.name()) {
            case "name", "kind", "status", "duration" -> false;
            default -> field.place() == SpanField.Place.INTRINSIC;
          };
      if (unknown) {
        throw new UnsupportedPlanException(
            "spans have no intrinsic field '%s': name, kind, status and duration are known"
                .formatted(field.name()));
      }
    }

    @Nullable AttributeValue value(StoredSpans spans, int index) {
      return switch (field.place()) {
        case INTRINSIC -> intrinsic(spans, index);
        case SPAN -> spans.attribute(index, key);
        case RESOURCE -> ofResource(spans, index);
        case ANY -> {
          AttributeValue own = spans.attribute(index, key);
          yield own != null ? own : ofResource(spans, index);
        }
      };
    }

    private AttributeValue intrinsic(StoredSpans spans, int index) {
      return switch (field.name()) {
        case "name" -> AttributeValue.of(spans.name(index));
        case "kind" -> text(SpanDecoder.kind((int) spans.kinds()[index]));
        case "status" -> text(SpanDecoder.status((int) spans.statuses()[index]));
        default -> AttributeValue.of(Math.max(0, spans.lengths()[index]));
      };
    }

    private static AttributeValue text(Enum<?> constant) {
      return AttributeValue.of(constant.name().toLowerCase(Locale.ROOT));
    }

    private @Nullable AttributeValue ofResource(StoredSpans spans, int index) {
      return field.equals(SpanField.SERVICE)
          ? AttributeValue.of(spans.resource(index).service())
          : spans.resource(index).attributes().get(field.name());
    }
  }
}
