package dev.sextant.collector.http;

/**
 * How a body is to be read.
 *
 * @param coding how it is compressed
 * @param grpc whether it is one gRPC message in its frame, rather than the message itself
 * @param limit in bytes, of the body as it comes and again after decompression
 * @param setting that changes the limit, for messages
 */
public record BodySpec(Coding coding, boolean grpc, long limit, String setting) {
  String tooLarge(String stage) {
    return "the body exceeds "
        + limit
        + " bytes "
        + stage
        + "; send less at once or raise "
        + setting;
  }
}
