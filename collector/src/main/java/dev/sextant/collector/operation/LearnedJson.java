package dev.sextant.collector.operation;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Learned paths as JSON: {@code docs/format/operation-names.md}. */
final class LearnedJson {
  static final int VERSION = 1;

  private static final JsonMapper JSON = JsonMapper.builder().build();

  private LearnedJson() {}

  /**
   * One service's paths.
   *
   * @param lastDay that the service was last heard of, in days since the epoch
   */
  record Entry(String tenant, String service, long lastDay, PathNode paths, PathNode urls) {}

  /** The bytes are of a version that is not known. */
  static final class VersionException extends IOException {
    private static final long serialVersionUID = 1;

    private final int version;

    VersionException(int version) {
      super("unknown version " + version);
      this.version = version;
    }

    int version() {
      return version;
    }
  }

  /** Writes services one after the other. */
  static final class Writer {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final JsonGenerator json;

    Writer() throws IOException {
      json = JSON.createGenerator(out);
      json.writeStartObject();
      json.writeNumberField("version", VERSION);
      json.writeArrayFieldStart("services");
    }

    void add(Entry service) throws IOException {
      json.writeStartObject();
      json.writeStringField("tenant", service.tenant());
      json.writeStringField("service", service.service());
      json.writeNumberField("lastDay", service.lastDay());
      json.writeFieldName("paths");
      node(service.paths());
      json.writeFieldName("urls");
      node(service.urls());
      json.writeEndObject();
    }

    private void node(PathNode node) throws IOException {
      json.writeStartObject();
      if (node.hits > 0) {
        json.writeNumberField("hits", node.hits);
      }
      if (node.collapsed) {
        json.writeBooleanField("values", true);
      }
      if (node.size() > 0) {
        json.writeObjectFieldStart("next");
        for (PathNode child : node.children()) {
          json.writeFieldName(new String(child.segment(), StandardCharsets.UTF_8));
          node(child);
        }
        json.writeEndObject();
      }
      json.writeEndObject();
    }

    byte[] finish() throws IOException {
      json.writeEndArray();
      json.writeEndObject();
      json.close();
      return out.toByteArray();
    }
  }

  /**
   * Reads what a writer wrote.
   *
   * @throws VersionException where another version did
   * @throws IOException where it is anything else
   */
  static List<Entry> read(byte[] bytes) throws IOException {
    try (JsonParser json = JSON.createParser(bytes)) {
      return new Reader(json).services();
    }
  }

  /** Reads one file's JSON. */
  private record Reader(JsonParser json) {
    List<Entry> services() throws IOException {
      expect(json.nextToken(), JsonToken.START_OBJECT);
      field("version");
      int version = json.nextIntValue(0);
      if (version != VERSION) {
        throw version > 0 ? new VersionException(version) : unexpected("no version");
      }
      field("services");
      expect(json.nextToken(), JsonToken.START_ARRAY);
      List<Entry> services = new ArrayList<>();
      while (json.nextToken() == JsonToken.START_OBJECT) {
        services.add(service());
      }
      expect(json.currentToken(), JsonToken.END_ARRAY);
      expect(json.nextToken(), JsonToken.END_OBJECT);
      return services;
    }

    private Entry service() throws IOException {
      field("tenant");
      String tenant = text();
      field("service");
      String service = text();
      field("lastDay");
      expect(json.nextToken(), JsonToken.VALUE_NUMBER_INT);
      long lastDay = json.getLongValue();
      field("paths");
      PathNode paths = node("");
      field("urls");
      PathNode urls = node("");
      expect(json.nextToken(), JsonToken.END_OBJECT);
      return new Entry(tenant, service, lastDay, paths, urls);
    }

    private PathNode node(String segment) throws IOException {
      byte[] bytes = segment.getBytes(StandardCharsets.UTF_8);
      PathNode node = new PathNode(bytes, 0, bytes.length);
      expect(json.nextToken(), JsonToken.START_OBJECT);
      while (json.nextToken() == JsonToken.FIELD_NAME) {
        switch (json.currentName()) {
          case "hits" -> node.hits = Math.max(0, json.nextIntValue(0));
          case "values" -> node.collapsed = Boolean.TRUE.equals(json.nextBooleanValue());
          case "next" -> children(node);
          default -> throw unexpected("field " + json.currentName());
        }
      }
      expect(json.currentToken(), JsonToken.END_OBJECT);
      return node;
    }

    private void children(PathNode node) throws IOException {
      expect(json.nextToken(), JsonToken.START_OBJECT);
      while (json.nextToken() == JsonToken.FIELD_NAME) {
        PathNode child = node(json.currentName());
        if (node.child(child.segment(), 0, child.segment().length) != null) {
          throw unexpected("a second " + json.currentName());
        }
        node.add(child);
      }
      expect(json.currentToken(), JsonToken.END_OBJECT);
    }

    private void field(String name) throws IOException {
      if (!name.equals(json.nextFieldName())) {
        throw unexpected("no field " + name);
      }
    }

    private String text() throws IOException {
      String text = json.nextTextValue();
      if (text == null) {
        throw unexpected("no text");
      }
      return text;
    }

    private void expect(@Nullable JsonToken found, JsonToken wanted) throws IOException {
      if (found != wanted) {
        throw unexpected(found + " instead of " + wanted);
      }
    }

    private IOException unexpected(String what) {
      return new IOException(what + " at byte " + json.currentLocation().getByteOffset());
    }
  }
}
