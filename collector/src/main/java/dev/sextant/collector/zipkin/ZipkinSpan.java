package dev.sextant.collector.zipkin;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A span in Zipkin's model of version 2, while it is read. Times are microseconds, 0 where unknown,
 * and unchecked; ids are 0 where they were not sent.
 */
final class ZipkinSpan {
  /** Zipkin's kinds; absent for work that is no call. */
  enum Kind {
    NONE,
    CLIENT,
    SERVER,
    PRODUCER,
    CONSUMER
  }

  /** Something that happened at a time. */
  record Annotation(long timestamp, String value) {}

  long traceHigh;
  long traceLow;
  long id;
  long parent;
  Kind kind = Kind.NONE;
  String name = "";
  long timestamp;
  long duration;
  ZipkinEndpoint local = ZipkinEndpoint.NONE;
  ZipkinEndpoint remote = ZipkinEndpoint.NONE;
  final List<Annotation> annotations = new ArrayList<>();
  final Map<String, String> tags = new LinkedHashMap<>();
  boolean debug;

  /** Whether the id is the caller's too, which reported its own half under it. */
  boolean shared;

  /** Characters of everything it holds, an estimate of its memory. */
  long size() {
    long size = 200L + name.length() + local.service().length() + remote.service().length();
    for (Annotation annotation : annotations) {
      size += 40L + annotation.value().length();
    }
    for (Map.Entry<String, String> tag : tags.entrySet()) {
      size += 40L + tag.getKey().length() + tag.getValue().length();
    }
    return size;
  }
}
