package dev.sextant.traceql.ast;

import dev.sextant.trace.model.SpanField;
import java.util.List;

/**
 * An attribute under the key it was sent with.
 *
 * @param name not empty, escapes resolved
 */
public record Attribute(Scope scope, String name) implements Reference {
  /** {@code resource.service.name}, which intrinsics are treated alike with: it is never nil. */
  public static final Attribute SERVICE_NAME = new Attribute(Scope.RESOURCE, "service.name");

  private static final List<SpanField.Scope> EVERYWHERE =
      List.of(
          SpanField.Scope.SPAN,
          SpanField.Scope.RESOURCE,
          SpanField.Scope.EVENT,
          SpanField.Scope.LINK,
          SpanField.Scope.INSTRUMENTATION);

  /** Where an attribute is looked for. */
  public enum Scope {
    /** {@code .name}: in all of the others, in their order here. */
    ANY("."),
    SPAN("span."),
    RESOURCE("resource."),
    EVENT("event."),
    LINK("link."),
    INSTRUMENTATION("instrumentation.");

    private final String prefix;

    Scope(String prefix) {
      this.prefix = prefix;
    }

    /** What stands before the name, with its dot. */
    public String prefix() {
      return prefix;
    }
  }

  @Override
  public ValueType type() {
    return ValueType.DYNAMIC;
  }

  @Override
  public List<SpanField> fields() {
    return switch (scope) {
      case ANY ->
          EVERYWHERE.stream()
              .<SpanField>map(place -> new SpanField.Attribute(place, name))
              .toList();
      case SPAN -> List.of(new SpanField.Attribute(SpanField.Scope.SPAN, name));
      case RESOURCE -> List.of(new SpanField.Attribute(SpanField.Scope.RESOURCE, name));
      case EVENT -> List.of(new SpanField.Attribute(SpanField.Scope.EVENT, name));
      case LINK -> List.of(new SpanField.Attribute(SpanField.Scope.LINK, name));
      case INSTRUMENTATION ->
          List.of(new SpanField.Attribute(SpanField.Scope.INSTRUMENTATION, name));
    };
  }

  /** Prefix and name; a name is quoted where it would be read back otherwise. */
  @Override
  public String text() {
    return scope.prefix() + (isPlain() ? name : quoted(name));
  }

  /** Whether a character belongs to a name without quotes. */
  public static boolean isNameCharacter(int c) {
    return !Character.isWhitespace(c) && "{}()=~!<>&|^,\"".indexOf(c) < 0;
  }

  private boolean isPlain() {
    // After a lone dot digits would be a number.
    boolean number = scope == Scope.ANY && Character.isDigit(name.codePointAt(0));
    return !number && name.codePoints().allMatch(Attribute::isNameCharacter);
  }

  private static String quoted(String name) {
    return '"' + name.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }
}
