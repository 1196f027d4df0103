package dev.sextant.server.crash;

import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.logs.v1.ResourceLogs;
import io.opentelemetry.proto.logs.v1.ScopeLogs;
import io.opentelemetry.proto.logs.v1.SeverityNumber;

/** Each batch has lines of one service, each with a text of its own. */
final class Lines implements Content {
  static final int ROWS = 150;

  @Override
  public String path() {
    return "/v1/logs";
  }

  @Override
  public int rows() {
    return ROWS;
  }

  static String service(int client) {
    return "crash-lines-" + client;
  }

  static String text(Batch batch, int row) {
    return "client %d batch %d line %d: GET /things/%d 200"
        .formatted(batch.client(), batch.number(), row, row * 31);
  }

  @Override
  public byte[] body(Batch batch) {
    ScopeLogs.Builder lines = ScopeLogs.newBuilder();
    for (int row = 0; row < ROWS; row++) {
      lines.addLogRecords(
          LogRecord.newBuilder()
              .setTimeUnixNano(batch.timeMillis() * 1_000_000 + row)
              .setSeverityNumber(
                  row % 9 == 0
                      ? SeverityNumber.SEVERITY_NUMBER_WARN
                      : SeverityNumber.SEVERITY_NUMBER_INFO)
              .setBody(AnyValue.newBuilder().setStringValue(text(batch, row))));
    }
    return ExportLogsServiceRequest.newBuilder()
        .addResourceLogs(
            ResourceLogs.newBuilder()
                .setResource(Spans.resource(service(batch.client())))
                .addScopeLogs(lines))
        .build()
        .toByteArray();
  }
}
