package dev.sextant.collector.skywalking;

import dev.sextant.storage.otlp.AttributeValue;
import dev.sextant.storage.otlp.ProtoReader;
import dev.sextant.storage.otlp.Slice;
import dev.sextant.storage.otlp.TraceId;
import java.nio.ByteBuffer;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Reads the {@code LogData} of one stream. Service and instance may stand in a stream's first
 * element only. For one stream; its methods are called one after the other.
 */
final class LogLines {
  private static final int PER_LINE = 1024;
  private static final int PER_BYTE = 2;
  private static final int DEPTH = 3;

  private final Instances instances;
  private final InstantSource clock;
  private final SegmentIds ids = new SegmentIds();
  private String service = "";
  private String name = "";

  /**
   * @param clock for lines that have no time
   */
  LogLines(Instances instances, InstantSource clock) {
    this.instances = instances;
    this.clock = clock;
  }

  /** Where a line belongs in a trace. */
  private record Place(TraceId trace, long span) {
    static final Place NONE = new Place(TraceId.NONE, 0);
  }

  /** The line as an OTLP request. */
  ByteBuffer convert(Slice data, ConversionMemory memory) {
    memory.keep(PER_LINE + (long) PER_BYTE * data.length());
    long millis = 0;
    String body = "";
    Place place = Place.NONE;
    Map<String, AttributeValue> attributes = new LinkedHashMap<>();
    ProtoReader in = new ProtoReader(data, DEPTH);
    while (in.next()) {
      switch (in.field()) {
        case 1 -> millis = in.varint();
        case 2 -> service = orBefore(in.string(), service);
        case 3 -> name = orBefore(in.string(), name);
        case 4 -> put(attributes, "sw8.endpoint", in.string());
        case 5 -> body = body(in);
        case 6 -> place = place(in, attributes);
        case 7 -> tags(in, attributes, memory);
        default -> in.skip();
      }
    }
    AttributeValue level = attributes.remove("level");
    return LogWriter.request(
        instances.resource(new Instance(service, name)),
        new LogWriter.Line(
            Times.nanos(millis > 0 ? millis : clock.millis()),
            level == null ? "" : level.asText(),
            body,
            attributes,
            place.trace(),
            place.span()));
  }

  private static String orBefore(String said, String before) {
    return said.isEmpty() ? before : said;
  }

  private static void put(Map<String, AttributeValue> attributes, String key, String value) {
    if (!key.isEmpty() && !value.isEmpty()) {
      attributes.put(key, AttributeValue.of(value));
    }
  }

  /** The text of a {@code LogDataBody}, whichever of its three forms it has. */
  private static String body(ProtoReader in) {
    String text = "";
    int outer = in.enter();
    while (in.next()) {
      if (in.field() >= 2 && in.field() <= 4) {
        int form = in.enter();
        while (in.next()) {
          if (in.field() == 1) {
            text = in.string();
          } else {
            in.skip();
          }
        }
        in.leave(form);
      } else {
        in.skip();
      }
    }
    in.leave(outer);
    return text;
  }

  private Place place(ProtoReader in, Map<String, AttributeValue> attributes) {
    String trace = "";
    String segment = "";
    int span = 0;
    int outer = in.enter();
    while (in.next()) {
      switch (in.field()) {
        case 1 -> trace = in.string();
        case 2 -> segment = in.string();
        case 3 -> span = in.varint32();
        default -> in.skip();
      }
    }
    in.leave(outer);
    if (trace.isEmpty()) {
      return Place.NONE;
    }
    if (!SegmentIds.isOtlp(trace)) {
      put(attributes, "sw8.trace_id", trace);
    }
    return new Place(ids.trace(trace), segment.isEmpty() ? 0 : ids.span(segment, span));
  }

  private static void tags(
      ProtoReader in, Map<String, AttributeValue> attributes, ConversionMemory memory) {
    int outer = in.enter();
    while (in.next()) {
      if (in.field() == 1) {
        memory.keepPair();
        KeyValue tag = KeyValue.read(in);
        put(attributes, name(tag.key()), tag.value());
      } else {
        in.skip();
      }
    }
    in.leave(outer);
  }

  private static String name(String tag) {
    return switch (tag) {
      case "logger" -> "logger.name";
      case "thread" -> "thread.name";
      default -> tag;
    };
  }
}
