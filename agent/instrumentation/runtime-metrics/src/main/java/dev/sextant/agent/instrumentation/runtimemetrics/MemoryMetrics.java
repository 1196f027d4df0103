package dev.sextant.agent.instrumentation.runtimemetrics;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.metrics.Meter;
import io.opentelemetry.api.metrics.ObservableLongMeasurement;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.lang.management.MemoryUsage;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/** {@code jvm.memory.*} per pool and {@code jvm.buffer.*}, in bytes. */
final class MemoryMetrics {
  private static final AttributeKey<String> TYPE = AttributeKey.stringKey("jvm.memory.type");
  private static final AttributeKey<String> POOL = AttributeKey.stringKey("jvm.memory.pool.name");
  private static final AttributeKey<String> BUFFERS =
      AttributeKey.stringKey("jvm.buffer.pool.name");

  private MemoryMetrics() {}

  static void register(Meter meter) {
    Map<MemoryPoolMXBean, Attributes> pools = pools();
    bytes(meter, "jvm.memory.used", usage(pools, MemoryPoolMXBean::getUsage, MemoryUsage::getUsed));
    bytes(
        meter,
        "jvm.memory.committed",
        usage(pools, MemoryPoolMXBean::getUsage, MemoryUsage::getCommitted));
    bytes(meter, "jvm.memory.limit", usage(pools, MemoryPoolMXBean::getUsage, MemoryUsage::getMax));
    bytes(
        meter,
        "jvm.memory.used_after_last_gc",
        usage(pools, MemoryPoolMXBean::getCollectionUsage, MemoryUsage::getUsed));
    bytes(meter, "jvm.buffer.memory.used", buffers(BufferPoolMXBean::getMemoryUsed));
    bytes(meter, "jvm.buffer.memory.limit", buffers(BufferPoolMXBean::getTotalCapacity));
    meter
        .upDownCounterBuilder("jvm.buffer.count")
        .setUnit("{buffer}")
        .buildWithCallback(buffers(BufferPoolMXBean::getCount));
  }

  private static Map<MemoryPoolMXBean, Attributes> pools() {
    Map<MemoryPoolMXBean, Attributes> pools = new LinkedHashMap<>();
    for (MemoryPoolMXBean pool : ManagementFactory.getMemoryPoolMXBeans()) {
      String type = pool.getType() == MemoryType.HEAP ? "heap" : "non_heap";
      pools.put(pool, Attributes.of(TYPE, type, POOL, pool.getName()));
    }
    return pools;
  }

  private static void bytes(
      Meter meter, String name, Consumer<ObservableLongMeasurement> callback) {
    meter.upDownCounterBuilder(name).setUnit("By").buildWithCallback(callback);
  }

  /** The beans say -1 for what has no limit, and null for what is never collected. */
  private static Consumer<ObservableLongMeasurement> usage(
      Map<MemoryPoolMXBean, Attributes> pools,
      Function<MemoryPoolMXBean, @Nullable MemoryUsage> usage,
      ToLongFunction<MemoryUsage> value) {
    return measurement ->
        pools.forEach(
            (pool, attributes) -> {
              MemoryUsage current = usage.apply(pool);
              if (current != null && value.applyAsLong(current) >= 0) {
                measurement.record(value.applyAsLong(current), attributes);
              }
            });
  }

  private static Consumer<ObservableLongMeasurement> buffers(
      ToLongFunction<BufferPoolMXBean> value) {
    return measurement -> {
      for (BufferPoolMXBean pool : ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class)) {
        measurement.record(value.applyAsLong(pool), Attributes.of(BUFFERS, pool.getName()));
      }
    };
  }
}
