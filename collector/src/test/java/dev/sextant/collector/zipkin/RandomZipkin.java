package dev.sextant.collector.zipkin;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import zipkin2.Endpoint;
import zipkin2.Span;

/** Spans by seed. */
final class RandomZipkin {
  private static final String[] SERVICES = {"front", "back", "", "größe"};
  private static final String[] ADDRESSES = {"", "10.1.2.3", "2001:db8::c001"};
  private static final String[] CORE = {
    "cs", "sr", "ss", "cr", "ms", "mr", "ws", "wr", "cache miss", "\"\\ü"
  };

  private final Random random;

  RandomZipkin(long seed) {
    random = new Random(seed);
  }

  private boolean maybe() {
    return random.nextBoolean();
  }

  private String one(String[] of) {
    return of[random.nextInt(of.length)];
  }

  List<Span> spans() {
    List<Span> spans = new ArrayList<>();
    for (int i = random.nextInt(5); i >= 0; i--) {
      spans.add(span());
    }
    return spans;
  }

  private Span span() {
    Span.Builder span =
        Span.newBuilder()
            .traceId(maybe() ? random.nextLong() : 0, 1 + random.nextInt(99))
            .id(1 + random.nextInt(99))
            .parentId(random.nextInt(3));
    if (maybe()) {
      span.kind(Span.Kind.values()[random.nextInt(4)]);
    }
    span.name(one(new String[] {"", "get /", "ü€"})).timestamp(random.nextInt(3) * 1_000_000L);
    span.duration(random.nextInt(3) * 500L);
    span.localEndpoint(endpoint()).remoteEndpoint(endpoint());
    for (int i = random.nextInt(3); i > 0; i--) {
      span.addAnnotation(1 + random.nextInt(1000), "a" + i);
      span.putTag("k" + i, one(new String[] {"", "v", "€\n\"\\"}));
    }
    if (maybe()) {
      span.debug(true);
    }
    if (maybe()) {
      span.shared(true);
    }
    return span.build();
  }

  private Endpoint endpoint() {
    return Endpoint.newBuilder()
        .serviceName(one(SERVICES))
        .ip(one(ADDRESSES))
        .port(maybe() ? 0 : 60_000)
        .build();
  }

  /** A span of version 1 in which any end may have recorded anything. */
  String jsonV1() {
    StringBuilder json = new StringBuilder("[{\"traceId\":\"1\",\"id\":\"2\",\"name\":\"get\"");
    if (maybe()) {
      json.append(",\"parentId\":\"1\"");
    }
    if (maybe()) {
      json.append(",\"timestamp\":").append(1 + random.nextInt(6));
      json.append(maybe() ? ",\"duration\":" + random.nextInt(6) : "");
    }
    json.append(",\"annotations\":[");
    for (int i = 0, count = random.nextInt(6); i < count; i++) {
      json.append(i == 0 ? "" : ",")
          .append("{\"timestamp\":")
          .append(1 + random.nextInt(9))
          .append(",\"value\":\"")
          .append(one(CORE).replace("\\", "\\\\").replace("\"", "\\\""))
          .append('"')
          .append(endpointV1())
          .append('}');
    }
    json.append("],\"binaryAnnotations\":[");
    for (int i = 0, count = random.nextInt(4); i < count; i++) {
      boolean address = maybe();
      json.append(i == 0 ? "" : ",")
          .append("{\"key\":\"")
          .append(one(address ? new String[] {"ca", "sa", "ma"} : new String[] {"lc", "error"}))
          .append(
              address ? "\",\"value\":true" : maybe() ? "\",\"value\":\"\"" : "\",\"value\":\"v\"")
          .append(address ? ",\"endpoint\":" + host() : endpointV1())
          .append('}');
    }
    return json.append("]}]").toString();
  }

  private String endpointV1() {
    return random.nextInt(4) == 0 ? "" : ",\"endpoint\":" + host();
  }

  private String host() {
    return "{\"serviceName\":\"" + (maybe() ? "front" : "back") + "\",\"ipv4\":\"10.0.0.1\"}";
  }
}
