package dev.sextant.collector.zipkin;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import dev.sextant.collector.receive.Outcome;
import dev.sextant.storage.otlp.Slice;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Reads a list of JSON objects value by value. A value of another type than is wanted is passed
 * over and noted, so that the rest of the list can be read; what is no JSON, or nests deeper than
 * {@link #MAX_DEPTH}, ends the reading. A null is as absent.
 */
final class JsonInput {
  /** Levels of objects and arrays; a span needs 5. */
  static final int MAX_DEPTH = 64;

  private static final JsonFactory JSON =
      new JsonFactoryBuilder()
          .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
          .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(MAX_DEPTH)
                  .maxStringLength(Integer.MAX_VALUE)
                  .maxNameLength(Integer.MAX_VALUE)
                  .build())
          .build();

  private final JsonParser in;
  private @Nullable String problem;

  private JsonInput(JsonParser in) {
    this.in = in;
  }

  /** Takes the value of one field of an object, by one of the methods here. */
  interface Field {
    void read(String name) throws IOException;
  }

  /** Takes one element of an array, by one of the methods here. */
  interface Element {
    void read() throws IOException;
  }

  /** Takes one object of the list. */
  interface Item {
    void read(JsonInput in) throws IOException;
  }

  /**
   * Reads a list, each of its elements by {@code item}. Nothing at all is an empty list.
   *
   * @param format what the message should be, for messages
   */
  static void list(Slice body, String format, Item item) {
    try (JsonParser parser = JSON.createParser(body.bytes(), body.from(), body.length())) {
      JsonToken first = parser.nextToken();
      if (first == null) {
        return;
      }
      if (first != JsonToken.START_ARRAY) {
        throw unreadable(format, "it is no JSON array");
      }
      JsonInput in = new JsonInput(parser);
      while (parser.nextToken() != JsonToken.END_ARRAY) {
        item.read(in);
      }
      if (parser.nextToken() != null) {
        throw unreadable(format, "more text follows the JSON array");
      }
    } catch (IOException e) {
      throw unreadable(format, firstLine(e));
    }
  }

  static UnreadableException unreadable(String format, String why) {
    return new UnreadableException(
        new Outcome.Invalid("the body is no list of spans as " + format + ": " + why));
  }

  private static String firstLine(IOException e) {
    String message = e.getMessage() == null ? e.toString() : e.getMessage();
    int end = message.indexOf('\n');
    return end < 0 ? message : message.substring(0, end);
  }

  /** Where the current value stands, such as {@code /3/localEndpoint/port}. */
  String where() {
    return in.getParsingContext().pathAsPointer().toString();
  }

  void object(Field field) throws IOException {
    if (in.currentToken() != JsonToken.START_OBJECT) {
      wrong("an object");
      return;
    }
    while (in.nextToken() != JsonToken.END_OBJECT) {
      String name = in.currentName();
      if (in.nextToken() != JsonToken.VALUE_NULL) {
        field.read(name);
      }
    }
  }

  void array(Element element) throws IOException {
    if (in.currentToken() != JsonToken.START_ARRAY) {
      wrong("an array");
      return;
    }
    while (in.nextToken() != JsonToken.END_ARRAY) {
      element.read();
    }
  }

  String text() throws IOException {
    if (in.currentToken() == JsonToken.VALUE_STRING) {
      return in.getText();
    }
    wrong("a string");
    return "";
  }

  /** A string, or a number or boolean as it is written. */
  String scalar() throws IOException {
    if (in.currentToken().isScalarValue()) {
      return in.getText();
    }
    wrong("a string");
    return "";
  }

  boolean isBoolean() {
    return in.currentToken().isBoolean();
  }

  boolean flag() throws IOException {
    if (!isBoolean()) {
      wrong("true or false");
    }
    return in.currentToken() == JsonToken.VALUE_TRUE;
  }

  /** A whole number from 0 on, or a string of one. */
  long whole() throws IOException {
    JsonToken token = in.currentToken();
    try {
      if (token == JsonToken.VALUE_NUMBER_INT || token == JsonToken.VALUE_STRING) {
        long value = Long.parseLong(in.getText());
        if (value >= 0) {
          return value;
        }
      } else if (token == JsonToken.VALUE_NUMBER_FLOAT) {
        double value = in.getDoubleValue();
        if (value == Math.rint(value) && value >= 0 && value < 1L << 53) {
          return (long) value;
        }
      }
    } catch (NumberFormatException e) {
      wrong("a whole number from 0 on");
      return 0;
    }
    wrong("a whole number from 0 on");
    return 0;
  }

  void skip() throws IOException {
    in.skipChildren();
  }

  /** Notes what is wrong with the current value. */
  void problem(String what) {
    if (problem == null) {
      problem = where() + ": " + what;
    }
  }

  /** What was noted first since this was asked last, or null. */
  @Nullable String takeProblem() {
    String taken = problem;
    problem = null;
    return taken;
  }

  private void wrong(String expected) throws IOException {
    JsonToken token = in.currentToken();
    String found = token.isStructStart() ? String.valueOf(token.asString()) : in.getText();
    if (found.length() > 60) {
      found = found.substring(0, 60) + "…";
    }
    problem("expected " + expected + ", found '" + found + "'");
    in.skipChildren();
  }
}
