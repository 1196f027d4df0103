package dev.sextant.collector.http;

/**
 * How large a body may be, as it comes and again after decompression.
 *
 * @param httpBody in bytes; 20 MiB where nothing else is set
 * @param grpcMessage in bytes; 4 MiB where nothing else is set
 */
public record BodyLimits(int httpBody, int grpcMessage) {
  public static final String HTTP_SETTING = "ingest.limits.http-body";
  public static final String GRPC_SETTING = "ingest.limits.grpc-message";
  public static final BodyLimits DEFAULT = new BodyLimits(20 << 20, 4 << 20);

  public BodySpec http(Coding coding) {
    return new BodySpec(coding, false, httpBody, HTTP_SETTING);
  }

  public BodySpec grpc(Coding coding) {
    return new BodySpec(coding, true, grpcMessage, GRPC_SETTING);
  }
}
