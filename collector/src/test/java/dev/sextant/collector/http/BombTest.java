package dev.sextant.collector.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.luben.zstd.Zstd;
import dev.sextant.collector.fixture.OtlpFixture;
import dev.sextant.collector.receive.Outcome;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.xerial.snappy.Snappy;

/** Bodies that grow, and bodies that claim to. */
class BombTest {
  private static final int LIMIT = 4 << 20;
  private static final byte[] ZEROS = new byte[32 << 20];

  private final BodyMemory memory = new BodyMemory(64 << 20);

  @ParameterizedTest
  @EnumSource(Coding.class)
  void aBomb_isTooLargeAndCostsNoMoreThanTheLimit(Coding coding) throws Exception {
    byte[] bomb = compress(coding, ZEROS);
    try (BodyMemory.Lease lease = memory.lease()) {
      BoundedBuffer out = new BoundedBuffer(memory, lease, LIMIT, "too large");
      assertThat(Inflation.inflate(coding, ByteBuffer.wrap(bomb), out))
          .isEqualTo(new Outcome.TooLarge("too large"));
      assertThat(memory.used()).isLessThanOrEqualTo(LIMIT);
    }
    assertThat(memory.used()).isZero();
  }

  @ParameterizedTest
  @EnumSource(
      value = Coding.class,
      mode = EnumSource.Mode.EXCLUDE,
      names = {"IDENTITY"})
  void fiveBytesThatClaimMuch_areInvalid(Coding coding) throws Exception {
    byte[] whole = compress(coding, ZEROS);
    byte[] five = java.util.Arrays.copyOf(whole, 5);
    try (BodyMemory.Lease lease = memory.lease()) {
      BoundedBuffer out = new BoundedBuffer(memory, lease, LIMIT, "too large");
      assertThat(Inflation.inflate(coding, ByteBuffer.wrap(five), out))
          .isInstanceOf(Outcome.Invalid.class);
      assertThat(memory.used()).isLessThanOrEqualTo(16 << 10);
    }
  }

  @ParameterizedTest
  @EnumSource(Coding.class)
  void whatFits_comesOutWhole(Coding coding) throws Exception {
    byte[] plain = new byte[1 << 20];
    new java.util.Random(7).nextBytes(plain);
    try (BodyMemory.Lease lease = memory.lease()) {
      BoundedBuffer out = new BoundedBuffer(memory, lease, plain.length, "too large");
      assertThat(Inflation.inflate(coding, ByteBuffer.wrap(compress(coding, plain)), out)).isNull();
      assertThat(out.view()).isEqualTo(ByteBuffer.wrap(plain));
    }
  }

  @Test
  void memoryOfAllBodies_isBounded() {
    BodyMemory small = new BodyMemory(10_000);
    try (BodyMemory.Lease first = small.lease();
        BodyMemory.Lease second = small.lease()) {
      assertThat(first.grow(8000)).isTrue();
      BoundedBuffer out = new BoundedBuffer(small, second, LIMIT, "too large");
      assertThat(out.append(new byte[100], 0, 100)).isInstanceOf(Outcome.Throttled.class);
      first.close();
      assertThat(out.append(new byte[100], 0, 100)).isNull();
    }
    assertThat(small.used()).isZero();
  }

  @Test
  void anExpectedLength_isBelievedAsFarAsBytesHaveCome() {
    try (BodyMemory.Lease lease = memory.lease()) {
      BoundedBuffer out = new BoundedBuffer(memory, lease, LIMIT, "too large");
      out.expect(LIMIT);
      assertThat(out.append(new byte[100], 0, 100)).isNull();
      assertThat(memory.used()).isLessThan(LIMIT / 8);
      assertThat(out.append(new byte[LIMIT / 8], 0, LIMIT / 8)).isNull();
      assertThat(memory.used()).isEqualTo(LIMIT);
      assertThat(out.view().remaining()).isEqualTo(100 + LIMIT / 8);
    }
  }

  @Test
  void bodiesInFlight_answer429() {
    try (OtlpFixture otlp = new OtlpFixture(java.time.InstantSource.system(), 1000)) {
      var response =
          otlp.post("/v1/traces", new byte[2000], "content-type", "application/x-protobuf");
      assertThat(response.statusCode()).isEqualTo(429);
      assertThat(response.headers().firstValue("retry-after")).contains("1");
    }
  }

  @Test
  void aLyingContentLength_is413BeforeAByteIsRead() throws Exception {
    try (OtlpFixture otlp = new OtlpFixture();
        Socket socket = new Socket("127.0.0.1", otlp.port())) {
      socket.setSoTimeout(10_000);
      OutputStream out = socket.getOutputStream();
      out.write(
          ("POST /v1/traces HTTP/1.1\r\nHost: x\r\nContent-Type: application/x-protobuf\r\n"
                  + "Content-Length: 268435456\r\n\r\nhello")
              .getBytes(StandardCharsets.US_ASCII));
      out.flush();
      byte[] answer = new byte[12];
      socket.getInputStream().readNBytes(answer, 0, answer.length);
      assertThat(new String(answer, StandardCharsets.US_ASCII)).isEqualTo("HTTP/1.1 413");
      assertThat(otlp.memory.used()).isZero();
    }
  }

  private static byte[] compress(Coding coding, byte[] plain) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    switch (coding) {
      case IDENTITY -> {
        return plain;
      }
      case GZIP -> {
        try (OutputStream gzip = new GZIPOutputStream(out)) {
          gzip.write(plain);
        }
      }
      case DEFLATE -> {
        Deflater fast = new Deflater(Deflater.BEST_SPEED);
        try (OutputStream deflate = new DeflaterOutputStream(out, fast)) {
          deflate.write(plain);
        }
        fast.end();
      }
      case ZSTD -> out.write(Zstd.compress(plain));
      case SNAPPY -> out.write(Snappy.compress(plain));
    }
    return out.toByteArray();
  }
}
