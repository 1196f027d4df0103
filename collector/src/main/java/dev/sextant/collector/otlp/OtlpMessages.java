package dev.sextant.collector.otlp;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;

/** The messages that OTLP answers with: export responses and {@code google.rpc.Status}. */
final class OtlpMessages {
  /** Numbers of {@code google.rpc.Code}. */
  static final int INVALID_ARGUMENT = 3;

  static final int NOT_FOUND = 5;
  static final int RESOURCE_EXHAUSTED = 8;
  static final int UNIMPLEMENTED = 12;
  static final int UNAVAILABLE = 14;

  private OtlpMessages() {}

  /** An export response; with a partial success where anything is to be said. */
  static byte[] response(long rejected, String message) {
    ProtoBytes response = new ProtoBytes();
    if (rejected != 0 || !message.isEmpty()) {
      response.message(1, new ProtoBytes().int64(1, rejected).text(2, message));
    }
    return response.toBytes();
  }

  static byte[] responseJson(Signal signal, long rejected, String message) {
    ObjectNode response = JsonNodeFactory.instance.objectNode();
    if (rejected != 0 || !message.isEmpty()) {
      response
          .putObject("partialSuccess")
          .put(signal.rejectedName(), Long.toString(rejected))
          .put("errorMessage", message);
    }
    return response.toString().getBytes(StandardCharsets.UTF_8);
  }

  static byte[] status(int code, String message) {
    return new ProtoBytes().int64(1, code).text(2, message).toBytes();
  }

  static byte[] statusJson(int code, String message) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("code", code)
        .put("message", message)
        .toString()
        .getBytes(StandardCharsets.UTF_8);
  }
}
