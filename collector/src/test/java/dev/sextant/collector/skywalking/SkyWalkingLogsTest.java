package dev.sextant.collector.skywalking;

import static dev.sextant.collector.skywalking.Segments.HEX;
import static dev.sextant.collector.skywalking.SkyWalkingFixture.MILLIS;
import static dev.sextant.collector.skywalking.SkyWalkingFixture.frame;
import static dev.sextant.collector.skywalking.SkyWalkingFixture.map;
import static dev.sextant.collector.skywalking.SkyWalkingFixture.status;
import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.logs.v1.ResourceLogs;
import java.io.ByteArrayOutputStream;
import java.util.HexFormat;
import java.util.Map;
import org.apache.skywalking.apm.network.event.v3.Event;
import org.apache.skywalking.apm.network.event.v3.Source;
import org.apache.skywalking.apm.network.event.v3.Type;
import org.apache.skywalking.apm.network.logging.v3.LogData;
import org.apache.skywalking.apm.network.logging.v3.LogDataBody;
import org.apache.skywalking.apm.network.logging.v3.LogTags;
import org.apache.skywalking.apm.network.logging.v3.TextLog;
import org.apache.skywalking.apm.network.logging.v3.TraceContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SkyWalkingLogsTest {
  private static final SkyWalkingFixture sky = new SkyWalkingFixture();

  @AfterAll
  static void stop() {
    sky.close();
  }

  @AfterEach
  void memoryIsGivenBack() {
    sky.reset();
  }

  private static LogDataBody.Builder text(String line) {
    return LogDataBody.newBuilder().setText(TextLog.newBuilder().setText(line));
  }

  private static LogRecord record(int index) {
    return sky.resourceLogs().get(index).getScopeLogs(0).getLogRecords(0);
  }

  @Test
  void lines_belongToTheirSpan() {
    ByteArrayOutputStream stream = new ByteArrayOutputStream();
    stream.writeBytes(
        frame(
            0,
            LogData.newBuilder()
                .setTimestamp(MILLIS - 1)
                .setService("shop")
                .setServiceInstance("shop-1")
                .setEndpoint("GET:/buy")
                .setBody(text("out of stock"))
                .setTraceContext(
                    TraceContext.newBuilder().setTraceId(HEX).setTraceSegmentId("s1").setSpanId(0))
                .setTags(
                    LogTags.newBuilder()
                        .addData(Segments.pair("level", "WARN"))
                        .addData(Segments.pair("logger", "Shop"))
                        .addData(Segments.pair("thread", "main")))
                .build()
                .toByteArray()));
    stream.writeBytes(frame(0, LogData.newBuilder().setBody(text("later")).build().toByteArray()));

    assertThat(status(sky.raw("/skywalking.v3.LogReportService/collect", stream.toByteArray())))
        .isEqualTo("0");
    LogRecord first = record(0);
    assertThat(first.getBody().getStringValue()).isEqualTo("out of stock");
    assertThat(first.getSeverityNumberValue()).isEqualTo(13);
    assertThat(first.getSeverityText()).isEqualTo("WARN");
    assertThat(HexFormat.of().formatHex(first.getTraceId().toByteArray()))
        .isEqualToIgnoringCase(HEX);
    assertThat(first.getSpanId().size()).isEqualTo(8);
    assertThat(map(first.getAttributesList()))
        .isEqualTo(
            Map.of("logger.name", "Shop", "thread.name", "main", "sw8.endpoint", "GET:/buy"));
    for (ResourceLogs logs : sky.resourceLogs()) {
      assertThat(map(logs.getResource())).containsEntry("service.name", "shop");
    }
    assertThat(record(1).getTimeUnixNano()).isEqualTo(MILLIS * 1_000_000);
  }

  @Test
  void events_becomeLinesWithoutCommandLines() {
    Event start =
        Event.newBuilder()
            .setUuid("u")
            .setName("Start")
            .setType(Type.Normal)
            .setMessage("Start Java Application")
            .putParameters("OPTS", "-Dpassword=secret")
            .setStartTime(MILLIS - 5000)
            .setEndTime(MILLIS)
            .setSource(Source.newBuilder().setService("shop").setServiceInstance("shop-1"))
            .build();

    assertThat(
            status(sky.raw("/skywalking.v3.EventService/collect", frame(0, start.toByteArray()))))
        .isEqualTo("0");
    assertThat(record(0).getBody().getStringValue()).isEqualTo("Start Java Application");
    assertThat(map(record(0).getAttributesList()))
        .isEqualTo(
            Map.of(
                "event.name", "Start",
                "sw8.event.uuid", "u",
                "sw8.event.start_ms", "#" + (MILLIS - 5000)));
  }

  @Test
  void profiling_isNotServed_whichAgentsTakeAsAWordToStop() {
    assertThat(
            status(
                sky.raw(
                    "/skywalking.v3.ProfileTask/getProfileTaskCommands", frame(0, new byte[0]))))
        .isEqualTo("12");
  }

  @Test
  void questions_areAnsweredWithNothing() {
    for (String path :
        new String[] {
          "/skywalking.v3.ConfigurationDiscoveryService/fetchConfigurations",
          "/skywalking.v3.ManagementService/keepAlive",
          "/ManagementService/keepAlive"
        }) {
      assertThat(status(sky.raw(path, frame(0, new byte[0])))).as(path).isEqualTo("0");
      assertThat(status(sky.raw(path, frame(0, new byte[] {10, 100})))).as(path).isEqualTo("3");
    }
  }
}
