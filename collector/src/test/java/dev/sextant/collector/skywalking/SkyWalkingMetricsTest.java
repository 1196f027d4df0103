package dev.sextant.collector.skywalking;

import static dev.sextant.collector.skywalking.SkyWalkingFixture.MILLIS;
import static dev.sextant.collector.skywalking.SkyWalkingFixture.frame;
import static dev.sextant.collector.skywalking.SkyWalkingFixture.status;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sextant.metrics.MetricsBatch;
import dev.sextant.metrics.MetricsBatch.SeriesSamples;
import dev.sextant.metrics.MetricsBatch.TargetSamples;
import java.io.ByteArrayOutputStream;
import java.util.Map;
import java.util.TreeMap;
import org.apache.skywalking.apm.network.common.v3.CPU;
import org.apache.skywalking.apm.network.language.agent.v3.Class;
import org.apache.skywalking.apm.network.language.agent.v3.GC;
import org.apache.skywalking.apm.network.language.agent.v3.GCPhase;
import org.apache.skywalking.apm.network.language.agent.v3.JVMMetric;
import org.apache.skywalking.apm.network.language.agent.v3.JVMMetricCollection;
import org.apache.skywalking.apm.network.language.agent.v3.JVMMetricReportServiceGrpc;
import org.apache.skywalking.apm.network.language.agent.v3.Label;
import org.apache.skywalking.apm.network.language.agent.v3.Memory;
import org.apache.skywalking.apm.network.language.agent.v3.MemoryPool;
import org.apache.skywalking.apm.network.language.agent.v3.MeterBucketValue;
import org.apache.skywalking.apm.network.language.agent.v3.MeterData;
import org.apache.skywalking.apm.network.language.agent.v3.MeterDataCollection;
import org.apache.skywalking.apm.network.language.agent.v3.MeterHistogram;
import org.apache.skywalking.apm.network.language.agent.v3.MeterSingleValue;
import org.apache.skywalking.apm.network.language.agent.v3.PoolType;
import org.apache.skywalking.apm.network.language.agent.v3.Thread;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SkyWalkingMetricsTest {
  private static final SkyWalkingFixture sky = new SkyWalkingFixture();

  @AfterAll
  static void stop() {
    sky.close();
  }

  @AfterEach
  void memoryIsGivenBack() {
    sky.reset();
  }

  private static JVMMetric.Builder sample(long millis) {
    return JVMMetric.newBuilder()
        .setTime(millis)
        .setCpu(CPU.newBuilder().setUsagePercent(12.5))
        .addMemory(Memory.newBuilder().setIsHeap(true).setUsed(100).setCommitted(200).setMax(300))
        .addMemory(Memory.newBuilder().setUsed(50).setCommitted(60).setMax(-1))
        .setThread(
            Thread.newBuilder()
                .setLiveCount(7)
                .setDaemonCount(3)
                .setRunnableStateThreadCount(4)
                .setTimedWaitingStateThreadCount(3))
        .setClazz(
            Class.newBuilder()
                .setLoadedClassCount(900)
                .setTotalLoadedClassCount(1000)
                .setTotalUnloadedClassCount(100));
  }

  private static void send(String instance, JVMMetric.Builder... samples) {
    JVMMetricCollection.Builder all =
        JVMMetricCollection.newBuilder().setService("shop").setServiceInstance(instance);
    for (JVMMetric.Builder sample : samples) {
      all.addMetrics(sample);
    }
    JVMMetricReportServiceGrpc.newBlockingStub(sky.channel()).collect(all.build());
  }

  /** Last value of every series, by its labels but job and instance. */
  private static Map<String, Double> series() {
    Map<String, Double> last = new TreeMap<>();
    for (MetricsBatch batch : sky.metrics.batches()) {
      for (TargetSamples target : batch.targets()) {
        for (SeriesSamples series : target.series()) {
          Map<String, String> labels = new TreeMap<>(series.labels().toMap());
          String name = labels.remove("__name__");
          labels.remove("job");
          labels.remove("instance");
          last.put(name + labels, series.values()[series.values().length - 1]);
        }
      }
    }
    last.keySet().removeIf(name -> name.startsWith("target_info"));
    return last;
  }

  @Test
  void jvm_hasTheNamesOfOurAgent() {
    send(
        "named",
        sample(MILLIS)
            .addMemoryPool(
                MemoryPool.newBuilder()
                    .setType(PoolType.OLDGEN_USAGE)
                    .setUsed(70)
                    .setCommitted(150)
                    .setMax(300))
            .addMemoryPool(
                MemoryPool.newBuilder()
                    .setType(PoolType.NEWGEN_USAGE)
                    .setUsed(30)
                    .setCommitted(50)
                    .setMax(-1)));

    assertThat(series())
        .isEqualTo(
            new TreeMap<>(
                Map.ofEntries(
                    Map.entry("jvm_cpu_recent_utilization_ratio{}", 0.125),
                    Map.entry(
                        "jvm_memory_used_bytes{jvm_memory_pool_name=old, jvm_memory_type=heap}",
                        70.0),
                    Map.entry(
                        "jvm_memory_committed_bytes{jvm_memory_pool_name=old, jvm_memory_type=heap}",
                        150.0),
                    Map.entry(
                        "jvm_memory_limit_bytes{jvm_memory_pool_name=old, jvm_memory_type=heap}",
                        300.0),
                    Map.entry(
                        "jvm_memory_used_bytes{jvm_memory_pool_name=young, jvm_memory_type=heap}",
                        30.0),
                    Map.entry(
                        "jvm_memory_committed_bytes{jvm_memory_pool_name=young,"
                            + " jvm_memory_type=heap}",
                        50.0),
                    Map.entry("jvm_memory_used_bytes{jvm_memory_type=non_heap}", 50.0),
                    Map.entry("jvm_memory_committed_bytes{jvm_memory_type=non_heap}", 60.0),
                    Map.entry("jvm_thread_count{jvm_thread_state=runnable}", 4.0),
                    Map.entry("jvm_thread_count{jvm_thread_state=timed_waiting}", 3.0),
                    Map.entry("jvm_class_count{}", 900.0),
                    Map.entry("jvm_class_loaded_total{}", 1000.0),
                    Map.entry("jvm_class_unloaded_total{}", 100.0))));
    assertThat(sky.metrics.only().targets().getFirst().target().toMap())
        .isEqualTo(Map.of("job", "shop", "instance", "named"));
  }

  @Test
  void collectionsOfGarbage_areSummed() {
    GC.Builder young = GC.newBuilder().setPhase(GCPhase.NEW).setCount(2).setTime(30);
    send("gc", sample(MILLIS - 2000).addGc(young), sample(MILLIS - 1000).addGc(young));
    send("gc", sample(MILLIS).addGc(young));

    assertThat(series())
        .containsEntry("jvm_gc_duration_seconds_count{jvm_gc_action=end of minor GC}", 6.0)
        .containsEntry("jvm_gc_duration_seconds_sum{jvm_gc_action=end of minor GC}", 0.09);
  }

  @Test
  void threadsWithoutStates_areByDaemon() {
    send("old", sample(MILLIS).setThread(Thread.newBuilder().setLiveCount(7).setDaemonCount(3)));

    assertThat(series())
        .containsEntry("jvm_thread_count{jvm_thread_daemon=true}", 3.0)
        .containsEntry("jvm_thread_count{jvm_thread_daemon=false}", 4.0);
  }

  @Test
  void meters_takeServiceAndTimeFromTheStreamsFirst() {
    ByteArrayOutputStream stream = new ByteArrayOutputStream();
    stream.writeBytes(
        frame(
            0,
            MeterData.newBuilder()
                .setService("shop")
                .setServiceInstance("meters")
                .setTimestamp(MILLIS)
                .setSingleValue(
                    MeterSingleValue.newBuilder()
                        .setName("pool_size")
                        .addLabels(Label.newBuilder().setName("pool").setValue("http"))
                        .setValue(8))
                .build()
                .toByteArray()));
    stream.writeBytes(
        frame(
            0,
            MeterData.newBuilder()
                .setHistogram(
                    MeterHistogram.newBuilder()
                        .setName("wait")
                        .addValues(MeterBucketValue.newBuilder().setBucket(10).setCount(2))
                        .addValues(
                            MeterBucketValue.newBuilder().setIsNegativeInfinity(true).setCount(1)))
                .build()
                .toByteArray()));

    assertThat(status(sky.raw("/skywalking.v3.MeterReportService/collect", stream.toByteArray())))
        .isEqualTo("0");
    assertThat(series())
        .containsEntry("pool_size{pool=http}", 8.0)
        .containsEntry("wait_bucket{le=10}", 1.0)
        .containsEntry("wait_bucket{le=+Inf}", 3.0)
        .containsEntry("wait_count{}", 3.0);
  }

  @Test
  void metersInBatches_areTaken() {
    MeterDataCollection batch =
        MeterDataCollection.newBuilder()
            .addMeterData(
                MeterData.newBuilder()
                    .setService("shop")
                    .setTimestamp(MILLIS)
                    .setSingleValue(MeterSingleValue.newBuilder().setName("a").setValue(1)))
            .addMeterData(
                MeterData.newBuilder()
                    .setSingleValue(MeterSingleValue.newBuilder().setName("b").setValue(2)))
            .build();

    assertThat(
            status(
                sky.raw(
                    "/skywalking.v3.MeterReportService/collectBatch",
                    frame(0, batch.toByteArray()))))
        .isEqualTo("0");
    assertThat(series()).containsEntry("a{}", 1.0).containsEntry("b{}", 2.0);
  }
}
