package dev.sextant.collector.skywalking;

import dev.sextant.storage.otlp.AttributeValue;
import dev.sextant.storage.otlp.ProtoReader;
import dev.sextant.storage.otlp.Slice;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Reads a {@code JVMMetricCollection} and writes it by OpenTelemetry's names for JVMs, the same
 * that Sextant's agent uses.
 *
 * <p>Memory is written by pool; where an agent knows no pools, as a whole. Collections of garbage,
 * which agents tell as differences, become the count and the sum of {@code jvm.gc.duration}.
 *
 * @see <a href="https://opentelemetry.io/docs/specs/semconv/runtime/jvm-metrics/">names</a>
 */
final class JvmMetrics {
  /** A sample of every kind takes less as OTLP. */
  private static final int PER_SAMPLE = 8192;

  /** A pool, which the smallest message of two bytes can be. */
  private static final int PER_PART = 1024;

  private static final int DEPTH = 3;
  private static final String[] ACTIONS = {"end of minor GC", "end of major GC", "end of GC cycle"};
  private static final String[] STATES = {"runnable", "blocked", "waiting", "timed_waiting"};

  private final Instances instances;
  private final ConversionMemory memory;
  private final MetricWriter out;

  JvmMetrics(Instances instances, ConversionMemory memory, MetricWriter out) {
    this.instances = instances;
    this.memory = memory;
    this.out = out;
  }

  void convert(Slice collection) {
    String service = "";
    String name = "";
    ProtoReader in = new ProtoReader(collection, DEPTH);
    while (in.next()) {
      switch (in.field()) {
        case 2 -> service = in.string();
        case 3 -> name = in.string();
        default -> in.skip();
      }
    }
    Instance instance = new Instance(service, name);
    memory.keep(collection.length());
    out.resource(instances.resource(instance));
    GcSums sums = instances.sums(instance);
    in = new ProtoReader(collection, DEPTH);
    while (in.next()) {
      if (in.field() == 1) {
        memory.keep(PER_SAMPLE);
        sample(in.slice(), sums);
      } else {
        in.skip();
      }
    }
  }

  private void sample(Slice sample, GcSums sums) {
    long time = Times.nanos(time(sample));
    List<MemoryPool> totals = new ArrayList<>();
    List<MemoryPool> pools = new ArrayList<>();
    ProtoReader in = new ProtoReader(sample, DEPTH);
    while (in.next()) {
      switch (in.field()) {
        case 2 -> processor(in, time);
        case 3 -> totals.add(part(in));
        case 4 -> pools.add(part(in));
        case 5 -> collection(in, time, sums);
        case 6 -> threads(in, time);
        case 7 -> classes(in, time);
        default -> in.skip();
      }
    }
    memory(totals, pools, time);
  }

  private static long time(Slice sample) {
    long time = 0;
    ProtoReader in = new ProtoReader(sample, DEPTH);
    while (in.next()) {
      if (in.field() == 1) {
        time = in.varint();
      } else {
        in.skip();
      }
    }
    return time;
  }

  private MemoryPool part(ProtoReader in) {
    memory.keep(PER_PART);
    return MemoryPool.read(in);
  }

  private void processor(ProtoReader in, long time) {
    int outer = in.enter();
    while (in.next()) {
      if (in.field() == 2) {
        memory.keep(PER_PART);
        out.gauge("jvm.cpu.recent_utilization", "1", time, in.fixedDouble() / 100, Map.of());
      } else {
        in.skip();
      }
    }
    in.leave(outer);
  }

  private void memory(List<MemoryPool> totals, List<MemoryPool> pools, long time) {
    for (MemoryPool pool : pools) {
      if (pool.used() > 0 || pool.committed() > 0) {
        memory(pool, pool.poolAttributes(), time);
      }
    }
    for (MemoryPool total : totals) {
      boolean byPool =
          pools.stream().anyMatch(p -> p.isHeapPool() == (total.first() != 0) && p.used() > 0);
      if (!byPool) {
        memory(total, total.totalAttributes(), time);
      }
    }
  }

  private void memory(MemoryPool pool, Map<String, AttributeValue> of, long time) {
    out.sum("jvm.memory.used", "By", false, time, pool.used(), of);
    out.sum("jvm.memory.committed", "By", false, time, pool.committed(), of);
    if (pool.max() > 0) {
      out.sum("jvm.memory.limit", "By", false, time, pool.max(), of);
    }
  }

  private void collection(ProtoReader in, long time, GcSums sums) {
    memory.keep(PER_PART);
    int phase = 0;
    long count = 0;
    long millis = 0;
    int outer = in.enter();
    while (in.next()) {
      switch (in.field()) {
        case 1 -> phase = in.varint32();
        case 2 -> count = in.varint();
        case 3 -> millis = in.varint();
        default -> in.skip();
      }
    }
    in.leave(outer);
    if (GcSums.isPhase(phase)) {
      GcSums.Sum sum = sums.add(phase, time, count, millis);
      out.histogram(
          "jvm.gc.duration",
          "s",
          sum.sinceNanos(),
          time,
          new double[0],
          new long[] {sum.count()},
          sum.millis() / 1000.0,
          Map.of("jvm.gc.action", AttributeValue.of(ACTIONS[phase])));
    }
  }

  private void threads(ProtoReader in, long time) {
    memory.keep(PER_PART);
    long[] byState = new long[STATES.length];
    long live = 0;
    long daemons = 0;
    int outer = in.enter();
    while (in.next()) {
      switch (in.field()) {
        case 1 -> live = in.varint();
        case 2 -> daemons = in.varint();
        case 4, 5, 6, 7 -> byState[in.field() - 4] = in.varint();
        default -> in.skip();
      }
    }
    in.leave(outer);
    threads(live, daemons, byState, time);
  }

  /** By state; where an agent knows none, by whether they are daemons. */
  private void threads(long live, long daemons, long[] byState, long time) {
    boolean knowsStates = false;
    for (int state = 0; state < STATES.length; state++) {
      if (byState[state] > 0) {
        knowsStates = true;
        threads(time, byState[state], "jvm.thread.state", AttributeValue.of(STATES[state]));
      }
    }
    if (!knowsStates) {
      threads(time, daemons, "jvm.thread.daemon", AttributeValue.of(true));
      threads(time, live - daemons, "jvm.thread.daemon", AttributeValue.of(false));
    }
  }

  private void threads(long time, long count, String key, AttributeValue value) {
    out.sum("jvm.thread.count", "{thread}", false, time, count, Map.of(key, value));
  }

  private void classes(ProtoReader in, long time) {
    memory.keep(PER_PART);
    int outer = in.enter();
    long now = 0;
    long unloaded = 0;
    long loaded = 0;
    while (in.next()) {
      switch (in.field()) {
        case 1 -> now = in.varint();
        case 2 -> unloaded = in.varint();
        case 3 -> loaded = in.varint();
        default -> in.skip();
      }
    }
    in.leave(outer);
    out.sum("jvm.class.count", "{class}", false, time, now, Map.of());
    out.sum("jvm.class.unloaded", "{class}", true, time, unloaded, Map.of());
    out.sum("jvm.class.loaded", "{class}", true, time, loaded, Map.of());
  }
}
