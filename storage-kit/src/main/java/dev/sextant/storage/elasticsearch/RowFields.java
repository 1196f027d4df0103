package dev.sextant.storage.elasticsearch;

import co.elastic.clients.elasticsearch.core.search.Hit;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sextant.storage.Position;
import dev.sextant.storage.StoreException;
import dev.sextant.storage.TimeRange;
import dev.sextant.storage.otlp.AttributeValue;
import dev.sextant.storage.otlp.Attributes;
import dev.sextant.storage.otlp.OtlpLimits;
import dev.sextant.storage.otlp.RowCursor;
import dev.sextant.storage.otlp.RowRewriter;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The fields of a row's document. Every document has {@code @timestamp}, {@code tenant}, {@code
 * journal}, {@code row}, {@code arrival} and, in {@code otlp}, the whole row as an OTLP request of
 * one. For one thread.
 */
public final class RowFields {
  /** For reading rows that a receiver let through, whatever its own limits were. */
  public static final OtlpLimits LIMITS =
      new OtlpLimits(OtlpLimits.STORED, Integer.MAX_VALUE, TimeRange.ALL);

  private static final JsonMapper JSON = new JsonMapper();
  private static final String OTLP = "otlp";

  private final long row;
  private final ObjectNode fields = JSON.createObjectNode();

  /**
   * @param timeNanos the event's
   */
  public RowFields(String tenant, String journal, Position position, long row, long timeNanos) {
    this.row = row;
    fields.put("@timestamp", Math.floorDiv(timeNanos, 1_000_000));
    fields.put("tenant", tenant);
    fields.put("journal", journal);
    fields.put("row", row);
    fields.put("arrival", position.stampMillis());
  }

  /** A term, cut as {@link IndexText} says. */
  public RowFields term(String name, String value) {
    fields.put(name, IndexText.value(value));
    return this;
  }

  /** Terms, cut as {@link IndexText} says, each once; no field where there are none. */
  public RowFields terms(String name, Collection<String> values) {
    if (!values.isEmpty()) {
      ArrayNode array = fields.putArray(name);
      values.stream().map(IndexText::value).distinct().forEach(array::add);
    }
    return this;
  }

  /** Text of any length, for a field that makes no terms of the whole. */
  public RowFields text(String name, String value) {
    fields.put(name, value);
    return this;
  }

  public RowFields number(String name, long value) {
    fields.put(name, value);
    return this;
  }

  /**
   * Attributes as one object for a {@code flattened} field: of each key its first value, with keys
   * and values as {@link IndexText} says.
   *
   * @param text the value's text, or null where it does not belong to this field
   */
  public RowFields flattened(
      String name, Attributes attributes, Function<AttributeValue, @Nullable String> text) {
    Set<String> seen = new HashSet<>();
    @Nullable ObjectNode object = null;
    for (Attributes.Entry each : attributes.entries()) {
      String key = IndexText.key(each.key());
      @Nullable String value = seen.add(key) ? text.apply(each.value()) : null;
      if (value != null) {
        object = object == null ? fields.putObject(name) : object;
        object.put(key, IndexText.value(value));
      }
    }
    return this;
  }

  /**
   * As {@link #flattened(String, Attributes, Function)} with any number of texts for a value, and
   * for several lists of attributes in which a key counts once each.
   */
  public RowFields flattened(
      String name, List<Attributes> parts, Function<AttributeValue, List<String>> texts) {
    Map<String, Set<String>> found = new LinkedHashMap<>();
    for (Attributes attributes : parts) {
      Set<String> seen = new HashSet<>();
      for (Attributes.Entry each : attributes.entries()) {
        String key = IndexText.key(each.key());
        List<String> values = seen.add(key) ? texts.apply(each.value()) : List.of();
        for (String value : values) {
          found.computeIfAbsent(key, k -> new LinkedHashSet<>()).add(IndexText.value(value));
        }
      }
    }
    if (!found.isEmpty()) {
      ObjectNode object = fields.putObject(name);
      found.forEach(
          (key, values) -> {
            ArrayNode array = object.putArray(key);
            values.forEach(array::add);
          });
    }
    return this;
  }

  /**
   * The document.
   *
   * @param cursor stands on the row
   */
  public RowDocument document(RowCursor cursor) {
    RowRewriter otlp = new RowRewriter();
    otlp.add(cursor);
    fields.put(OTLP, otlp.finish().array());
    try {
      return new RowDocument(row, JSON.writeValueAsBytes(fields));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("texts and numbers can always be written as JSON", e);
    }
  }

  /**
   * The OTLP request of one row that a found document holds.
   *
   * @throws StoreException where there is none
   */
  public static ByteBuffer otlp(Hit<ObjectNode> hit) {
    try {
      ObjectNode source = hit.source();
      byte @Nullable [] bytes = source == null ? null : source.path(OTLP).binaryValue();
      if (bytes != null) {
        return ByteBuffer.wrap(bytes);
      }
    } catch (IOException e) {
      throw new StoreException(
          "document %s in %s holds no row: %s".formatted(hit.id(), hit.index(), e.getMessage()), e);
    }
    throw new StoreException("document %s in %s holds no row".formatted(hit.id(), hit.index()));
  }

  /** Which part of a document {@link #otlp} needs. */
  public static String otlpField() {
    return OTLP;
  }
}
