package dev.sextant.collector.http;

import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpHeaders;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.ResponseHeaders;
import java.nio.ByteBuffer;

/** Responses made of whole bodies. */
public final class Answers {
  private Answers() {}

  public static HttpResponse of(ResponseHeaders headers, byte[] body) {
    return HttpResponse.of(headers, HttpData.wrap(body));
  }

  public static HttpResponse of(ResponseHeaders headers, byte[] body, HttpHeaders trailers) {
    return HttpResponse.of(headers, HttpData.wrap(body), trailers);
  }

  /** A gRPC message in its frame, uncompressed. */
  public static byte[] grpcFrame(byte[] message) {
    byte[] frame = new byte[GrpcFrame.HEADER + message.length];
    ByteBuffer.wrap(frame).put((byte) 0).putInt(message.length).put(message);
    return frame;
  }

  /** The value of {@code Retry-After}: whole seconds, at least 1. */
  public static String retryAfterSeconds(long millis) {
    return Long.toString(Math.max(1, Math.ceilDiv(millis, 1000)));
  }
}
