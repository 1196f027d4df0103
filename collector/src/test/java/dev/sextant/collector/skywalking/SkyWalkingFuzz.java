package dev.sextant.collector.skywalking;

import static dev.sextant.collector.skywalking.Segments.TRACE;
import static dev.sextant.collector.skywalking.Segments.entry;
import static dev.sextant.collector.skywalking.Segments.log;
import static dev.sextant.collector.skywalking.Segments.reference;
import static dev.sextant.collector.skywalking.Segments.segment;
import static dev.sextant.collector.skywalking.Segments.tag;
import static dev.sextant.collector.skywalking.SkyWalkingFixture.frame;
import static dev.sextant.collector.skywalking.SkyWalkingFixture.status;
import static org.assertj.core.api.Assertions.assertThat;

import com.linecorp.armeria.common.AggregatedHttpResponse;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.skywalking.apm.network.language.agent.v3.JVMMetric;
import org.apache.skywalking.apm.network.language.agent.v3.JVMMetricCollection;
import org.apache.skywalking.apm.network.language.agent.v3.MemoryPool;
import org.apache.skywalking.apm.network.language.agent.v3.RefType;
import org.apache.skywalking.apm.network.logging.v3.LogData;
import org.apache.skywalking.apm.network.logging.v3.LogDataBody;
import org.apache.skywalking.apm.network.logging.v3.TextLog;
import org.apache.skywalking.apm.network.management.v3.InstanceProperties;
import org.junit.jupiter.api.Test;

/** Calls with a few bytes changed: each is answered with a status, and its memory given back. */
class SkyWalkingFuzz {
  private static final int ROUNDS = Boolean.getBoolean("sextant.long") ? 200_000 : 1_000;

  /** No answer is a defect's: taken, invalid, too large, or a compression that is not known. */
  private static final List<String> STATUSES = List.of("0", "3", "8", "12");

  private static Map<String, byte[]> calls() {
    return Map.of(
        "TraceSegmentReportService/collect",
        segment(
                TRACE,
                "s1",
                tag(entry("a"), "url", "http://x", "status_code", "200")
                    .setPeer("db:1")
                    .addRefs(reference(RefType.CrossProcess, TRACE, "s0", 1))
                    .addRefs(reference(RefType.CrossThread, TRACE, "s9", 1))
                    .addLogs(log("error.kind", "E", "message", "m")))
            .build()
            .toByteArray(),
        "JVMMetricReportService/collect",
        JVMMetricCollection.newBuilder()
            .setService("shop")
            .addMetrics(
                JVMMetric.newBuilder()
                    .setTime(SkyWalkingFixture.MILLIS)
                    .addMemoryPool(MemoryPool.newBuilder().setUsed(1)))
            .build()
            .toByteArray(),
        "LogReportService/collect",
        LogData.newBuilder()
            .setService("shop")
            .setBody(LogDataBody.newBuilder().setText(TextLog.newBuilder().setText("line")))
            .build()
            .toByteArray(),
        "ManagementService/reportInstanceProperties",
        InstanceProperties.newBuilder()
            .setService("shop")
            .addProperties(Segments.pair("OS Name", "Linux"))
            .build()
            .toByteArray());
  }

  @Test
  void changedBytes_areAnswered() {
    Random random = new Random(7);
    try (SkyWalkingFixture sky = new SkyWalkingFixture()) {
      calls()
          .forEach(
              (method, message) -> {
                byte[] whole = frame(0, message);
                for (int round = 0; round < ROUNDS; round++) {
                  byte[] changed = whole.clone();
                  // Mostly the message; a changed frame seldom gets as far.
                  int first = random.nextInt(10) == 0 ? 0 : 5;
                  for (int i = random.nextInt(4); i >= 0; i--) {
                    changed[first + random.nextInt(changed.length - first)] =
                        (byte) random.nextInt();
                  }
                  AggregatedHttpResponse answer = sky.raw("/skywalking.v3." + method, changed);
                  assertThat(status(answer)).as(method + " " + round).isIn(STATUSES);
                }
                sky.reset();
              });
    }
  }
}
