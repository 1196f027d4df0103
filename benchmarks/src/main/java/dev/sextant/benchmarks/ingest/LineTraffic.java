package dev.sextant.benchmarks.ingest;

import com.google.protobuf.ByteString;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.logs.v1.ResourceLogs;
import io.opentelemetry.proto.logs.v1.ScopeLogs;
import io.opentelemetry.proto.logs.v1.SeverityNumber;
import java.nio.ByteBuffer;
import java.util.Random;

/**
 * OTLP exports of one service instance each, 512 lines as SDKs batch them: access lines, business
 * events and failures, with numbers and ids in their text, two in three with a trace.
 */
final class LineTraffic implements Traffic {
  private static final int ROWS = 512;
  private static final int INSTANCES = 40;

  @Override
  public String path() {
    return "/v1/logs";
  }

  @Override
  public int rows() {
    return ROWS;
  }

  @Override
  public byte[] request(long number) {
    Random random = new Random(number);
    long now = System.currentTimeMillis() * 1_000_000 - 1_000_000_000L;
    ScopeLogs.Builder lines = ScopeLogs.newBuilder();
    for (int row = 0; row < ROWS; row++) {
      lines.addLogRecords(line(now + row * 1_900_000L, random));
    }
    return ExportLogsServiceRequest.newBuilder()
        .addResourceLogs(
            ResourceLogs.newBuilder()
                .setResource(Otlp.resource((int) (number % INSTANCES)))
                .addScopeLogs(lines))
        .build()
        .toByteArray();
  }

  private static LogRecord line(long nanos, Random random) {
    int kind = random.nextInt(100);
    LogRecord.Builder line =
        LogRecord.newBuilder()
            .setTimeUnixNano(nanos)
            .setObservedTimeUnixNano(nanos)
            .setSeverityNumber(severity(kind))
            .setSeverityText(kind < 90 ? "INFO" : kind < 97 ? "WARN" : "ERROR")
            .setBody(AnyValue.newBuilder().setStringValue(text(kind, random)))
            .addAttributes(Otlp.text("thread.name", "http-nio-8080-exec-" + random.nextInt(200)));
    if (random.nextInt(3) > 0) {
      ByteBuffer trace = ByteBuffer.allocate(16).putLong(random.nextLong());
      line.setTraceId(ByteString.copyFrom(trace.putLong(random.nextLong()).flip()))
          .setSpanId(ByteString.copyFrom(ByteBuffer.allocate(8).putLong(random.nextLong()).flip()));
    }
    return line.build();
  }

  private static SeverityNumber severity(int kind) {
    return kind < 90
        ? SeverityNumber.SEVERITY_NUMBER_INFO
        : kind < 97 ? SeverityNumber.SEVERITY_NUMBER_WARN : SeverityNumber.SEVERITY_NUMBER_ERROR;
  }

  private static String text(int kind, Random random) {
    int id = random.nextInt(10_000_000);
    if (kind < 60) {
      return "10.2.%d.%d - - \"GET /orders/%d?expand=items,customer HTTP/1.1\" %d %d \"https://shop.example/account/orders\" \"Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36\" rt=0.%03d"
          .formatted(
              random.nextInt(256),
              random.nextInt(256),
              id,
              random.nextInt(20) == 0 ? 404 : 200,
              random.nextInt(40_000),
              random.nextInt(1000));
    }
    if (kind < 90) {
      return "order %d placed by customer %d: %d items, total %d.%02d EUR, reserved in warehouse %s within %d ms"
          .formatted(
              id,
              random.nextInt(200_000),
              1 + random.nextInt(9),
              random.nextInt(900),
              random.nextInt(100),
              "north" + random.nextInt(4),
              random.nextInt(80));
    }
    if (kind < 97) {
      return "connection pool shop-db is at %d of 50, %d threads wait, longest for %d ms; statement SELECT id, customer_id, total, state FROM orders WHERE id = ? is slow"
          .formatted(40 + random.nextInt(11), random.nextInt(30), random.nextInt(5000));
    }
    return "payment of order %d failed: provider answered 503 after %d ms, attempt %d of 3, request %s"
        .formatted(
            id, random.nextInt(3000), 1 + random.nextInt(3), Long.toHexString(random.nextLong()));
  }
}
