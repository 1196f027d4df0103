package dev.sextant.metrics.model;

import org.jspecify.annotations.Nullable;

/**
 * A condition on one label; an absent label has the empty value. Regular expressions match the
 * whole value.
 */
public final class Matcher {
  /** How a value is compared. */
  public enum Type {
    EQUAL("="),
    NOT_EQUAL("!="),
    REGEX("=~"),
    NOT_REGEX("!~");

    private final String symbol;

    Type(String symbol) {
      this.symbol = symbol;
    }

    public String symbol() {
      return symbol;
    }
  }

  private final Type type;
  private final String name;
  private final String value;
  private final @Nullable LabelRegex regex;

  /**
   * @throws IllegalArgumentException where the value of a regular expression matcher is none, in
   *     the words of {@link LabelRegex#compile}
   */
  public Matcher(Type type, String name, String value) {
    this.type = type;
    this.name = name;
    this.value = value;
    this.regex = type == Type.REGEX || type == Type.NOT_REGEX ? LabelRegex.compile(value) : null;
  }

  public static Matcher equal(String name, String value) {
    return new Matcher(Type.EQUAL, name, value);
  }

  public Type type() {
    return type;
  }

  public String name() {
    return name;
  }

  public String value() {
    return value;
  }

  public boolean matches(String labelValue) {
    boolean same = regex == null ? value.equals(labelValue) : regex.matches(labelValue);
    return same == (type == Type.EQUAL || type == Type.REGEX);
  }

  public boolean matches(Labels labels) {
    return matches(labels.get(name));
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Matcher that
        && type == that.type
        && name.equals(that.name)
        && value.equals(that.value);
  }

  @Override
  public int hashCode() {
    return (type.hashCode() * 31 + name.hashCode()) * 31 + value.hashCode();
  }

  @Override
  public String toString() {
    return name
        + type.symbol
        + '"'
        + value.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n")
        + '"';
  }
}
