package dev.sextant.trace;

import dev.sextant.storage.UnsupportedPlanException;
import dev.sextant.storage.otlp.AttributeValue;
import dev.sextant.trace.SpanField.Place;
import dev.sextant.trace.model.SpanCondition;
import dev.sextant.trace.model.SpanField;
import dev.sextant.trace.model.SpanField.Scope;
import dev.sextant.trace.model.SpanValue;
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

  boolean mayMatch(BlockSpans spans) {
    return condition.mayMatch(spans);
  }

  boolean matches(BlockSpans spans, int index) {
    return condition.matches(spans, index);
  }

  private interface Condition {
    boolean matches(BlockSpans spans, int index);

    default boolean mayMatch(BlockSpans spans) {
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
    public boolean matches(BlockSpans spans, int index) {
      for (Condition part : parts) {
        if (!part.matches(spans, index)) {
          return false;
        }
      }
      return true;
    }

    @Override
    public boolean mayMatch(BlockSpans spans) {
      return parts.stream().allMatch(part -> part.mayMatch(spans));
    }

    @Override
    public boolean isCheap() {
      return parts.stream().allMatch(Condition::isCheap);
    }
  }

  private record Any(List<Condition> parts) implements Condition {
    @Override
    public boolean matches(BlockSpans spans, int index) {
      for (Condition part : parts) {
        if (part.matches(spans, index)) {
          return true;
        }
      }
      return false;
    }

    @Override
    public boolean mayMatch(BlockSpans spans) {
      return parts.stream().anyMatch(part -> part.mayMatch(spans));
    }

    @Override
    public boolean isCheap() {
      return parts.stream().allMatch(Condition::isCheap);
    }
  }

  private record None(Condition part) implements Condition {
    @Override
    public boolean matches(BlockSpans spans, int index) {
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
    public boolean matches(BlockSpans spans, int index) {
      SpanValue value = reader.value(spans, index);
      return value != null
          && Values.holds(SpanValues.attribute(value), compare.op(), compare.value());
    }

    @Override
    public boolean mayMatch(BlockSpans spans) {
      if (compare.op() != SpanFilter.Op.EQUAL
          || compare.field().equals(dev.sextant.trace.SpanField.SERVICE)
          || !(compare.value() instanceof AttributeValue.Text(String text))) {
        return true;
      }
      String key = compare.field().name();
      return switch (compare.field().place()) {
        case INTRINSIC -> true;
        case SPAN -> mayMatch(spans, SpanField.span(key), text);
        case RESOURCE -> mayMatch(spans, SpanField.resource(key), text);
        case ANY ->
            mayMatch(spans, SpanField.span(key), text)
                || mayMatch(spans, SpanField.resource(key), text);
      };
    }

    private static boolean mayMatch(BlockSpans spans, SpanField field, String text) {
      return spans
          .block()
          .mightMatch(new SpanCondition.Compare(field, SpanCondition.Op.EQUAL, SpanValue.of(text)));
    }

    @Override
    public boolean isCheap() {
      return compare.field().place() == Place.INTRINSIC
          || compare.field().place() == Place.RESOURCE;
    }
  }

  /** Reads one field of spans. */
  static final class FieldReader {
    private final dev.sextant.trace.SpanField field;

    /**
     * @throws UnsupportedPlanException where the field is an unknown intrinsic
     */
    FieldReader(dev.sextant.trace.SpanField field) {
      this.field = field;
      boolean unknown =
          switch (field.name()) {
            case "name", "kind", "status", "duration" -> false;
            default -> field.place() == Place.INTRINSIC;
          };
      if (unknown) {
        throw new UnsupportedPlanException(
            "spans have no intrinsic field '%s': name, kind, status and duration are known"
                .formatted(field.name()));
      }
    }

    @Nullable SpanValue value(BlockSpans spans, int index) {
      return switch (field.place()) {
        case INTRINSIC -> intrinsic(spans, index);
        case SPAN -> spans.attribute(Scope.SPAN, field.name(), index);
        case RESOURCE -> ofResource(spans, index);
        case ANY -> {
          SpanValue own = spans.attribute(Scope.SPAN, field.name(), index);
          yield own != null ? own : ofResource(spans, index);
        }
      };
    }

    private @Nullable SpanValue ofResource(BlockSpans spans, int index) {
      return field.equals(dev.sextant.trace.SpanField.SERVICE)
          ? SpanValue.of(spans.service(index))
          : spans.attribute(Scope.RESOURCE, field.name(), index);
    }

    private SpanValue intrinsic(BlockSpans spans, int index) {
      return switch (field.name()) {
        case "name" -> SpanValue.of(spans.name(index));
        case "kind" -> text(spans.kind(index));
        case "status" -> text(spans.status(index));
        default -> SpanValue.of(spans.block().durations()[index]);
      };
    }

    private static SpanValue text(Enum<?> constant) {
      return SpanValue.of(constant.name().toLowerCase(Locale.ROOT));
    }
  }
}
