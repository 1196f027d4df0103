package dev.sextant.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LogCursorTest {
  private static final long ARRIVAL = 42;

  @Test
  void decode_givesEveryFieldThatProtobufDoes() {
    for (int seed = 0; seed < 300; seed++) {
      ExportLogsServiceRequest request = new RandomLogs(seed).request();
      assertThat(decodeAll(request.toByteArray(), 7))
          .as("seed %d", seed)
          .isEqualTo(ProtoLogs.of(request, ARRIVAL, 7));
    }
  }

  @Test
  void plainFields_areThoseOfTheDecodedLine() {
    for (int seed = 0; seed < 100; seed++) {
      byte[] request = new RandomLogs(seed).request().toByteArray();
      LogCursor cursor = new LogCursor(ByteBuffer.wrap(request), ARRIVAL);
      for (LogLine line : decodeAll(request, 0)) {
        assertThat(cursor.next()).isTrue();
        assertThat(cursor.index()).isEqualTo((int) line.row());
        assertThat(cursor.timeNanos()).isEqualTo(line.timeNanos());
        assertThat(cursor.severity()).isEqualTo(line.severity());
        assertThat(cursor.severityText()).isEqualTo(line.severityText());
        assertThat(cursor.level()).isEqualTo(line.level());
        assertThat(cursor.traceId()).isEqualTo(line.traceId());
        assertThat(cursor.spanId()).isEqualTo(line.spanId());
        assertThat(cursor.bodyText()).isEqualTo(line.body().asText());
        assertThat(cursor.service()).isEqualTo(line.service());
        assertThat(cursor.attribute("a1")).isEqualTo(line.attributes().get("a1"));
      }
      assertThat(cursor.next()).isFalse();
    }
  }

  static List<LogLine> decodeAll(byte[] request, long firstRow) {
    LogCursor cursor = new LogCursor(ByteBuffer.wrap(request), ARRIVAL);
    List<LogLine> lines = new ArrayList<>();
    while (cursor.next()) {
      lines.add(cursor.decode(firstRow + cursor.index()));
    }
    return lines;
  }
}
