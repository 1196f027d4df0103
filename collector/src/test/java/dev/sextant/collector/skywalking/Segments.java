package dev.sextant.collector.skywalking;

import static dev.sextant.collector.skywalking.SkyWalkingFixture.MILLIS;

import org.apache.skywalking.apm.network.common.v3.KeyStringValuePair;
import org.apache.skywalking.apm.network.language.agent.v3.Log;
import org.apache.skywalking.apm.network.language.agent.v3.RefType;
import org.apache.skywalking.apm.network.language.agent.v3.SegmentObject;
import org.apache.skywalking.apm.network.language.agent.v3.SegmentReference;
import org.apache.skywalking.apm.network.language.agent.v3.SpanLayer;
import org.apache.skywalking.apm.network.language.agent.v3.SpanObject;
import org.apache.skywalking.apm.network.language.agent.v3.SpanType;

/** Segments as the agent's own classes write them. */
final class Segments {
  static final String TRACE = "5ea1c2f9d3b54ee2b1c7d8a9f0e1d2c3.61.17000000000000001";
  static final String HEX = "5EA1c2f9d3b54ee2b1c7d8a9f0e1d2c3";

  private Segments() {}

  static SegmentObject.Builder segment(String trace, String id, SpanObject.Builder... spans) {
    SegmentObject.Builder segment =
        SegmentObject.newBuilder()
            .setTraceId(trace)
            .setTraceSegmentId(id)
            .setService("shop")
            .setServiceInstance("shop-1");
    for (SpanObject.Builder span : spans) {
      segment.addSpans(span);
    }
    return segment;
  }

  static SpanObject.Builder span(int id, SpanType type, SpanLayer layer, String operation) {
    return SpanObject.newBuilder()
        .setSpanId(id)
        .setParentSpanId(id - 1)
        .setSpanType(type)
        .setSpanLayer(layer)
        .setOperationName(operation)
        .setStartTime(MILLIS - 100 + id)
        .setEndTime(MILLIS - id);
  }

  static SpanObject.Builder entry(String operation) {
    return span(0, SpanType.Entry, SpanLayer.Http, operation);
  }

  static KeyStringValuePair.Builder pair(String key, String value) {
    return KeyStringValuePair.newBuilder().setKey(key).setValue(value);
  }

  static SpanObject.Builder tag(SpanObject.Builder span, String... pairs) {
    for (int i = 0; i < pairs.length; i += 2) {
      span.addTags(pair(pairs[i], pairs[i + 1]));
    }
    return span;
  }

  static Log.Builder log(String... pairs) {
    Log.Builder log = Log.newBuilder().setTime(MILLIS - 50);
    for (int i = 0; i < pairs.length; i += 2) {
      log.addData(pair(pairs[i], pairs[i + 1]));
    }
    return log;
  }

  static SegmentReference.Builder reference(RefType type, String trace, String segment, int span) {
    return SegmentReference.newBuilder()
        .setRefType(type)
        .setTraceId(trace)
        .setParentTraceSegmentId(segment)
        .setParentSpanId(span)
        .setParentService("gateway");
  }
}
