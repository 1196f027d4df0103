package dev.sextant.collector.skywalking;

import dev.sextant.storage.otlp.AttributeValue;
import dev.sextant.storage.otlp.ProtoReader;
import dev.sextant.storage.otlp.Slice;
import dev.sextant.storage.otlp.TraceId;
import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Reads an {@code Event}, such as that an instance has started, as a log line. Parameters are left
 * out: of a start they are the command line, which may hold secrets.
 */
final class Events {
  private static final int PER_EVENT = 1024;
  private static final int PER_BYTE = 2;
  private static final int DEPTH = 2;

  private final Instances instances;

  Events(Instances instances) {
    this.instances = instances;
  }

  ByteBuffer convert(Slice event, ConversionMemory memory) {
    memory.keep(PER_EVENT + (long) PER_BYTE * event.length());
    Map<String, AttributeValue> attributes = new LinkedHashMap<>();
    Instance instance = new Instance("", "");
    boolean error = false;
    String message = "";
    long start = 0;
    long end = 0;
    ProtoReader in = new ProtoReader(event, DEPTH);
    while (in.next()) {
      switch (in.field()) {
        case 1 -> attributes.put("sw8.event.uuid", AttributeValue.of(in.string()));
        case 2 -> instance = source(in, attributes);
        case 3 -> attributes.put("event.name", AttributeValue.of(in.string()));
        case 4 -> error = in.varint() == 1;
        case 5 -> message = in.string();
        case 7 -> start = in.varint();
        case 8 -> end = in.varint();
        default -> in.skip();
      }
    }
    if (start > 0 && end > 0) {
      attributes.put("sw8.event.start_ms", AttributeValue.of(start));
    }
    return LogWriter.request(
        instances.resource(instance),
        new LogWriter.Line(
            Times.nanos(end > 0 ? end : start),
            error ? "ERROR" : "INFO",
            message,
            attributes,
            TraceId.NONE,
            0));
  }

  private static Instance source(ProtoReader in, Map<String, AttributeValue> attributes) {
    String service = "";
    String name = "";
    int outer = in.enter();
    while (in.next()) {
      switch (in.field()) {
        case 1 -> service = in.string();
        case 2 -> name = in.string();
        case 3 -> attributes.put("sw8.endpoint", AttributeValue.of(in.string()));
        default -> in.skip();
      }
    }
    in.leave(outer);
    return new Instance(service, name);
  }
}
