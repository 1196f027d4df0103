package dev.sextant.collector.zipkin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sextant.collector.http.BodyLimits;
import dev.sextant.collector.http.BodyMemory;
import dev.sextant.collector.http.JsonMemory;
import dev.sextant.collector.otlp.SpanReceiver;
import dev.sextant.collector.receive.EventWindow;
import dev.sextant.collector.receive.Outcome;
import dev.sextant.storage.Position;
import dev.sextant.storage.Sink;
import dev.sextant.storage.otlp.OtlpLimits;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import zipkin2.Span;
import zipkin2.codec.SpanBytesDecoder;
import zipkin2.codec.SpanBytesEncoder;

/** Every format against Zipkin's own codecs, and with bytes changed. */
class ZipkinFormatFuzz {
  private static final int ROUNDS = Boolean.getBoolean("sextant.long") ? 1_000_000 : 20_000;

  private static SpanBytesEncoder encoder(ZipkinFormat format) {
    return switch (format) {
      case JSON_V2 -> SpanBytesEncoder.JSON_V2;
      case PROTO_V2 -> SpanBytesEncoder.PROTO3;
      case JSON_V1 -> SpanBytesEncoder.JSON_V1;
      case THRIFT_V1 -> SpanBytesEncoder.THRIFT;
    };
  }

  private static SpanBytesDecoder decoder(ZipkinFormat format) {
    return switch (format) {
      case JSON_V2 -> SpanBytesDecoder.JSON_V2;
      case PROTO_V2 -> SpanBytesDecoder.PROTO3;
      case JSON_V1 -> SpanBytesDecoder.JSON_V1;
      case THRIFT_V1 -> SpanBytesDecoder.THRIFT;
    };
  }

  @ParameterizedTest
  @EnumSource(ZipkinFormat.class)
  void whatZipkinWrites_isReadAsZipkinReadsIt(ZipkinFormat format) {
    RandomZipkin random = new RandomZipkin(7);
    for (int i = 0; i < ROUNDS; i++) {
      byte[] body = encoder(format).encodeList(random.spans());
      List<Span> expected = decoder(format).decodeList(body);
      ReadSpans read = ReadSpans.of(format, body);
      assertThat(read.rejected).isEmpty();
      assertThat(read.spans)
          .as(() -> new String(body, StandardCharsets.ISO_8859_1))
          .isEqualTo(expected);
    }
  }

  @Test
  void spansOfVersion1_becomeWhatZipkinMakesOfThem() {
    RandomZipkin random = new RandomZipkin(8);
    int two = 0;
    for (int i = 0; i < ROUNDS; i++) {
      String body = random.jsonV1();
      List<Span> expected =
          SpanBytesDecoder.JSON_V1.decodeList(body.getBytes(StandardCharsets.UTF_8));
      assertThat(ReadSpans.of(ZipkinFormat.JSON_V1, body).spans).as(body).isEqualTo(expected);
      two += expected.size() == 2 ? 1 : 0;
    }
    assertThat(two).isGreaterThan(ROUNDS / 10);
  }

  @ParameterizedTest
  @EnumSource(ZipkinFormat.class)
  void changedBytes_areReadOrRefused(ZipkinFormat format) {
    ZipkinReceiver receiver = receiver();
    Random random = new Random(42);
    byte[] seed = encoder(format).encodeList(new RandomZipkin(3).spans());
    int readable = 0;
    for (int i = 0; i < ROUNDS; i++) {
      byte[] body =
          Arrays.copyOf(seed, random.nextInt(8) == 0 ? random.nextInt(seed.length) : seed.length);
      for (int changes = random.nextInt(4); changes > 0 && body.length > 0; changes--) {
        body[random.nextInt(body.length)] = (byte) random.nextInt(256);
      }
      Outcome outcome;
      try (BodyMemory.Lease lease = JsonMemory.lease()) {
        outcome =
            receiver
                .receive("default", ByteBuffer.wrap(body), format, lease)
                .toCompletableFuture()
                .join();
      }
      if (outcome instanceof Outcome.Invalid(String message)) {
        assertThat(message).startsWith("the body is no list of spans as Zipkin's");
      } else {
        assertThat(outcome).isInstanceOfAny(Outcome.Accepted.class, Outcome.Partial.class);
        readable++;
      }
    }
    assertThat(readable).isBetween(ROUNDS / 10, ROUNDS - 1);
  }

  /** Writes to nowhere; its window holds every time that spans of the seed have. */
  private static ZipkinReceiver receiver() {
    InstantSource clock = InstantSource.fixed(ZipkinFixture.NOW);
    return new ZipkinReceiver(
        new SpanReceiver(
            batch ->
                CompletableFuture.completedFuture(new Sink.Written.Accepted(new Position(0, 0))),
            new EventWindow(clock, Duration.ofDays(36500), "retention.test"),
            OtlpLimits.DEFAULT),
        ZipkinLimits.of(BodyLimits.DEFAULT, 1 << 20),
        clock);
  }
}
