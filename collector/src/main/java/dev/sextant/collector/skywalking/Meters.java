package dev.sextant.collector.skywalking;

import dev.sextant.storage.otlp.AttributeValue;
import dev.sextant.storage.otlp.ProtoReader;
import dev.sextant.storage.otlp.Slice;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads the {@code MeterData} of one stream: single values become gauges, histograms histograms
 * without a sum. Service, instance and time may stand in a stream's first element only. For one
 * stream; its methods are called one after the other.
 */
final class Meters {
  private static final int PER_METER = 1024;
  private static final int PER_BYTE = 2;
  private static final int DEPTH = 3;

  private final Instances instances;
  private String service = "";
  private String name = "";
  private long millis;

  Meters(Instances instances) {
    this.instances = instances;
  }

  private record Bucket(double from, long count) {
    static final Comparator<Bucket> ASCENDING = Comparator.comparingDouble(Bucket::from);

    static Bucket read(ProtoReader in) {
      double from = 0;
      long count = 0;
      boolean lowest = false;
      int outer = in.enter();
      while (in.next()) {
        switch (in.field()) {
          case 1 -> from = in.fixedDouble();
          case 2 -> count = in.varint();
          case 3 -> lowest = in.varint() != 0;
          default -> in.skip();
        }
      }
      in.leave(outer);
      return new Bucket(lowest ? Double.NEGATIVE_INFINITY : from, count);
    }
  }

  /** Reads a {@code MeterDataCollection}. */
  void convertAll(Slice collection, ConversionMemory memory, MetricWriter out) {
    ProtoReader in = new ProtoReader(collection, DEPTH);
    while (in.next()) {
      if (in.field() == 1) {
        convert(in.slice(), memory, out);
      } else {
        in.skip();
      }
    }
  }

  /** Reads a {@code MeterData}. */
  void convert(Slice meter, ConversionMemory memory, MetricWriter out) {
    memory.keep(PER_METER + (long) PER_BYTE * meter.length());
    Slice single = Slice.EMPTY;
    Slice histogram = Slice.EMPTY;
    ProtoReader in = new ProtoReader(meter, DEPTH);
    while (in.next()) {
      switch (in.field()) {
        case 1 -> single = in.slice();
        case 2 -> histogram = in.slice();
        case 3 -> service = orBefore(in.string(), service);
        case 4 -> name = orBefore(in.string(), name);
        case 5 -> millis = in.varint();
        default -> in.skip();
      }
    }
    out.resource(instances.resource(new Instance(service, name)));
    if (single.length() > 0) {
      value(single, memory, out, true);
    }
    if (histogram.length() > 0) {
      value(histogram, memory, out, false);
    }
  }

  private static String orBefore(String said, String before) {
    return said.isEmpty() ? before : said;
  }

  private void value(Slice bytes, ConversionMemory memory, MetricWriter out, boolean single) {
    String metric = "";
    double value = 0;
    Map<String, AttributeValue> labels = new LinkedHashMap<>();
    List<Bucket> buckets = new ArrayList<>();
    ProtoReader in = new ProtoReader(bytes, DEPTH);
    while (in.next()) {
      switch (in.field()) {
        case 1 -> metric = in.string();
        case 2 -> {
          memory.keepPair();
          KeyValue label = KeyValue.read(in);
          labels.put(label.key(), AttributeValue.of(label.value()));
        }
        case 3 -> {
          if (single) {
            value = in.fixedDouble();
          } else {
            memory.keepPair();
            buckets.add(Bucket.read(in));
          }
        }
        default -> in.skip();
      }
    }
    if (single) {
      out.gauge(metric, "", Times.nanos(millis), value, labels);
    } else {
      histogram(metric, buckets, labels, out);
    }
  }

  /** SkyWalking's buckets say where they begin, OTLP's where they end. */
  private void histogram(
      String metric, List<Bucket> buckets, Map<String, AttributeValue> labels, MetricWriter out) {
    buckets.sort(Bucket.ASCENDING);
    double[] bounds = buckets.stream().skip(1).mapToDouble(Bucket::from).toArray();
    long[] counts = buckets.stream().mapToLong(Bucket::count).toArray();
    if (counts.length > 0) {
      out.histogram(metric, "", 0, Times.nanos(millis), bounds, counts, Double.NaN, labels);
    }
  }
}
