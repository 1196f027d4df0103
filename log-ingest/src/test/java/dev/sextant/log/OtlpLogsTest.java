package dev.sextant.log;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import dev.sextant.storage.TimeRange;
import dev.sextant.storage.otlp.MalformedOtlpException;
import dev.sextant.storage.otlp.OtlpLimits;
import dev.sextant.storage.otlp.Validation;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.logs.v1.LogRecord;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class OtlpLogsTest {
  @Test
  void validate_leavesAGoodRequestAsItIs() throws Exception {
    for (int seed = 0; seed < 100; seed++) {
      ExportLogsServiceRequest request = new RandomLogs(seed).request();
      Validation validation =
          OtlpLogs.validate(ByteBuffer.wrap(request.toByteArray()), OtlpLimits.DEFAULT);
      assertThat(validation.rejected()).isZero();
      assertThat(ExportLogsServiceRequest.parseFrom(validation.cleaned())).isEqualTo(request);
      assertThat(validation.rows()).isEqualTo(ProtoLogs.of(request, 0, 0).size());
    }
  }

  @Test
  void validate_rejectsEachBadField() {
    rejected(
        LogRecord.newBuilder().setTraceId(ByteString.copyFrom(new byte[15])),
        "trace id is 15 bytes");
    rejected(
        LogRecord.newBuilder().setSpanId(ByteString.copyFrom(new byte[9])), "span id is 9 bytes");
    rejected(LogRecord.newBuilder().setTimeUnixNano(99), "time 99 ns is outside");
    rejected(LogRecord.newBuilder().setObservedTimeUnixNano(201), "time 201 ns is outside");
  }

  @Test
  void validate_takesALineWithoutTime() {
    Validation validation = validate(LogRecord.newBuilder().setSeverityText("x"));
    assertThat(validation.rows()).isEqualTo(1);
    assertThat(validation.rejected()).isZero();
  }

  @Test
  void damagedRequests_areRefusedOrDecode() {
    int rounds = Boolean.getBoolean("sextant.long") ? 1_000_000 : 40_000;
    for (int seed = 0; seed < rounds; seed++) {
      Random random = new Random(seed);
      byte[] bytes = new RandomLogs(seed % 50).request().toByteArray();
      for (int i = random.nextInt(4); i >= 0 && bytes.length > 0; i--) {
        switch (random.nextInt(3)) {
          case 0 -> bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
          case 1 -> bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
          default -> bytes = Arrays.copyOf(bytes, random.nextInt(bytes.length));
        }
      }
      Validation validation;
      try {
        validation = OtlpLogs.validate(ByteBuffer.wrap(bytes), OtlpLimits.DEFAULT);
      } catch (MalformedOtlpException e) {
        assertThat(e.offset()).isBetween(0, bytes.length);
        continue;
      }
      byte[] cleaned = new byte[validation.cleaned().remaining()];
      validation.cleaned().get(cleaned);
      assertThat(LogCursorTest.decodeAll(cleaned, 0))
          .as("seed %d", seed)
          .hasSize(validation.rows());
    }
  }

  private static void rejected(LogRecord.Builder line, String reason) {
    Validation validation = validate(line);
    assertThat(validation.rejected()).isEqualTo(1);
    assertThat(validation.problems().getFirst().reason()).contains(reason);
  }

  private static Validation validate(LogRecord.Builder line) {
    ExportLogsServiceRequest.Builder request = ExportLogsServiceRequest.newBuilder();
    request.addResourceLogsBuilder().addScopeLogsBuilder().addLogRecords(line);
    return OtlpLogs.validate(
        ByteBuffer.wrap(request.build().toByteArray()),
        OtlpLimits.DEFAULT.withTimes(new TimeRange(100, 200)));
  }
}
