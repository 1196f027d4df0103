package dev.sextant.collector.otlp.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import dev.sextant.collector.http.BodyMemory;
import dev.sextant.collector.receive.Outcome;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * Transcodes an export request from OTLP's JSON to protobuf, in one pass. Follows protobuf's JSON
 * mapping with OTLP's exceptions: trace and span ids in hexadecimal; enums as numbers, names being
 * understood too. 64-bit integers may be strings or numbers, unknown fields are ignored, null means
 * absent.
 */
public final class OtlpJson {
  /**
   * Levels of objects and arrays: 15 around attribute values, and 4 for each level of values at the
   * most that {@code ingest.limits.otlp-nesting} may be. What it is bounds the protobuf.
   */
  private static final int MAX_DEPTH = 15 + 4 * 400;

  private static final JsonFactory JSON =
      new JsonFactoryBuilder()
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(MAX_DEPTH)
                  .maxStringLength(Integer.MAX_VALUE)
                  .build())
          .build();

  /** The request of a signal. */
  public enum Request {
    TRACES(OtlpSchema.TRACES),
    METRICS(OtlpSchema.METRICS),
    LOGS(OtlpSchema.LOGS);

    private final Message schema;

    Request(Message schema) {
      this.schema = schema;
    }
  }

  /** What came of transcoding. */
  public sealed interface Transcoded {
    record Protobuf(ByteBuffer bytes) implements Transcoded {}

    record Refused(Outcome why) implements Transcoded {}
  }

  private OtlpJson() {}

  /**
   * @param body backed by an array
   * @param limit of the protobuf bytes
   * @param setting that changes the limit, for messages
   */
  public static Transcoded toProtobuf(
      Request request, ByteBuffer body, int limit, String setting, BodyMemory.Lease memory) {
    ProtoWriter out = new ProtoWriter(limit, memory);
    try (JsonParser parser =
        JSON.createParser(body.array(), body.arrayOffset() + body.position(), body.remaining())) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        return invalid("the body is not a JSON object");
      }
      new JsonWalk(parser, out).object(request.schema);
      if (parser.nextToken() != null) {
        return invalid("more text follows the JSON object");
      }
      return new Transcoded.Protobuf(out.view());
    } catch (StreamConstraintsException e) {
      return invalid(
          "objects and arrays nest deeper than "
              + MAX_DEPTH
              + ", as no value of ingest.limits.otlp-nesting lets them");
    } catch (IOException e) {
      return invalid(firstLine(e));
    } catch (ProtoWriter.Overflow e) {
      return new Transcoded.Refused(
          e.tooLarge()
              ? new Outcome.TooLarge(
                  "the body exceeds " + limit + " bytes as protobuf; raise " + setting)
              : new Outcome.Throttled(
                  1000, "request bodies in flight fill their memory; raise " + BodyMemory.SETTING));
    }
  }

  private static Transcoded invalid(String why) {
    return new Transcoded.Refused(new Outcome.Invalid("the body is not OTLP JSON: " + why));
  }

  private static String firstLine(IOException e) {
    String message = e.getMessage() == null ? e.toString() : e.getMessage();
    int end = message.indexOf('\n');
    return end < 0 ? message : message.substring(0, end);
  }

  static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
