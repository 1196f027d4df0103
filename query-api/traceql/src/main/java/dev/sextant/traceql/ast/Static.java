package dev.sextant.traceql.ast;

/** A value that a query writes down, or that constants were folded to. */
public sealed interface Static {
  record Int(long value) implements Static {}

  record Float(double value) implements Static {}

  /** A span of time; may be below 0. */
  record Duration(long nanos) implements Static {}

  record Text(String value) implements Static {}

  record Bool(boolean value) implements Static {}

  /** A span's status. */
  enum Status implements Static {
    ERROR("error", 2),
    OK("ok", 1),
    UNSET("unset", 0);

    private final String text;
    private final int code;

    Status(String text, int code) {
      this.text = text;
      this.code = code;
    }

    /** As queries and answers write it. */
    public String text() {
      return text;
    }

    /** OTLP's number. */
    public int code() {
      return code;
    }
  }

  /** A span's kind. Their ordinals are OTLP's numbers. */
  enum Kind implements Static {
    UNSPECIFIED("unspecified"),
    INTERNAL("internal"),
    SERVER("server"),
    CLIENT("client"),
    PRODUCER("producer"),
    CONSUMER("consumer");

    private final String text;

    Kind(String text) {
      this.text = text;
    }

    /** As queries and answers write it. */
    public String text() {
      return text;
    }

    /** OTLP's number. */
    public int code() {
      return ordinal();
    }
  }

  /** No value. */
  record Nil() implements Static {}

  Static TRUE = new Bool(true);
  Static FALSE = new Bool(false);
  Static NIL = new Nil();

  default ValueType type() {
    return switch (this) {
      case Int i -> ValueType.INT;
      case Float f -> ValueType.FLOAT;
      case Duration d -> ValueType.DURATION;
      case Text t -> ValueType.STRING;
      case Bool b -> ValueType.BOOL;
      case Status s -> ValueType.STATUS;
      case Kind k -> ValueType.KIND;
      case Nil n -> ValueType.NIL;
    };
  }
}
