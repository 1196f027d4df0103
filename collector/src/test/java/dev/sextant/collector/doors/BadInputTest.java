package dev.sextant.collector.doors;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.luben.zstd.Zstd;
import com.linecorp.armeria.common.HttpData;
import dev.sextant.storage.Sink;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.xerial.snappy.Snappy;

/** The same bad input at every door: what it is answered, and that it costs nothing that stays. */
class BadInputTest {
  /** With four codings, a thousand bombs at every door in the long form. */
  private static final int ROUNDS = Boolean.getBoolean("sextant.long") ? 250 : 3;

  private static final int BOMB = 32 << 20;
  private static final int SIZE_OF_ALL = 64 << 20;

  /** gRPC's and HTTP's words for the same. */
  private enum Said {
    TAKEN(0, 202),
    INVALID(3, 400),
    TOO_LARGE(8, 413),
    THROTTLED(8, 429),
    UNAVAILABLE(14, 503),
    UNSUPPORTED(12, 415);

    private final int grpc;
    private final int http;

    Said(int grpc, int http) {
      this.grpc = grpc;
      this.http = http;
    }

    int at(Door door) {
      return door.isGrpc() ? grpc : http;
    }
  }

  private static final Doors doors = new Doors();

  @AfterEach
  void reset() {
    doors.reset();
  }

  @AfterAll
  static void stop() {
    doors.close();
  }

  private static void says(Doors.Answer answer, Said said, Door door) {
    assertThat(answer.code()).as("%s: %s", door, answer.text()).isEqualTo(said.at(door));
    assertThat(answer.again())
        .as("%s may be sent again", door)
        .isEqualTo(said == Said.THROTTLED || said == Said.UNAVAILABLE);
  }

  private static Doors.Answer post(Door door, byte[] message) {
    return doors.post(door, door.body(message));
  }

  private static long heap() {
    System.gc();
    return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
  }

  @ParameterizedTest
  @EnumSource
  void good_isTaken(Door door) {
    says(post(door, door.good()), Said.TAKEN, door);
    assertThat(doors.offered()).hasSize(1);
  }

  @ParameterizedTest
  @EnumSource
  void storeThatIsBlocked_leavesTheClientWithoutAnAnswer(Door door) {
    CompletableFuture<Sink.Written> durable = new CompletableFuture<>();
    doors.answer(durable);
    Doors.Open open = doors.open(door);
    open.body().write(HttpData.wrap(door.body(door.good())));
    open.body().close();
    await(() -> !doors.offered().isEmpty());

    assertThat(open.answer()).isNotDone();
    durable.complete(Doors.TAKEN);
    says(open.answer().join(), Said.TAKEN, door);
  }

  private static void await(BooleanSupplier holds) {
    long deadline = System.nanoTime() + 20_000_000_000L;
    while (!holds.getAsBoolean()) {
      assertThat(System.nanoTime()).isLessThan(deadline);
      Thread.onSpinWait();
    }
  }

  @ParameterizedTest
  @EnumSource
  void storeThatIsBehind_isSaidWithATimeToComeBack(Door door) {
    doors.answer(new Sink.Written.Throttled(1500, "behind"));
    says(post(door, door.good()), Said.THROTTLED, door);
    doors.answer(new Sink.Written.Unavailable(1500, "the disk is full"));
    says(post(door, door.good()), Said.UNAVAILABLE, door);
  }

  @ParameterizedTest
  @EnumSource
  void tooLarge_namesTheSetting(Door door) {
    Doors.Answer answer = post(door, new byte[((door.isGrpc() ? 4 : 20) << 20) + 1]);
    says(answer, Said.TOO_LARGE, door);
    assertThat(answer.text())
        .contains(door.isGrpc() ? "ingest.limits.grpc-message" : "ingest.limits.http-body");
    assertThat(doors.offered()).isEmpty();
  }

  private static final Map<String, byte[]> BOMBS = bombs();

  private static Map<String, byte[]> bombs() {
    try {
      return bombs(new byte[BOMB]);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Map<String, byte[]> bombs(byte[] zeros) throws IOException {
    Map<String, byte[]> bombs = new LinkedHashMap<>();
    ByteArrayOutputStream gzip = new ByteArrayOutputStream();
    try (OutputStream out = new GZIPOutputStream(gzip)) {
      out.write(zeros);
    }
    ByteArrayOutputStream deflate = new ByteArrayOutputStream();
    try (OutputStream out = new DeflaterOutputStream(deflate)) {
      out.write(zeros);
    }
    bombs.put("gzip", gzip.toByteArray());
    bombs.put("deflate", deflate.toByteArray());
    bombs.put("zstd", Zstd.compress(zeros));
    bombs.put("snappy", Snappy.compress(zeros));
    return bombs;
  }

  @ParameterizedTest
  @EnumSource
  void bombs_areTooLarge_andCostNoHeap(Door door) {
    long before = heap();
    for (int i = 0; i < ROUNDS; i++) {
      for (Map.Entry<String, byte[]> bomb : BOMBS.entrySet()) {
        Doors.Answer answer =
            door.isGrpc()
                ? doors.post(
                    door, Door.frame(true, bomb.getValue()), "grpc-encoding", bomb.getKey())
                : doors.post(door, bomb.getValue(), "content-encoding", bomb.getKey());
        boolean taken = door != Door.JAEGER_THRIFT || !bomb.getKey().equals("snappy");
        says(answer, taken ? Said.TOO_LARGE : Said.UNSUPPORTED, door);
      }
    }
    assertThat(heap() - before).isLessThan(SIZE_OF_ALL);
    assertThat(doors.offered()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void brokenCompression_isInvalid(Door door) {
    byte[] garbage = {31, (byte) 139, 8, 0, 1, 2, 3};
    Doors.Answer answer =
        door.isGrpc()
            ? doors.post(door, Door.frame(true, garbage), "grpc-encoding", "gzip")
            : doors.post(door, garbage, "content-encoding", "gzip");
    says(answer, Said.INVALID, door);
  }

  @ParameterizedTest
  @EnumSource
  void lengthsThatLie_areInvalid_andCostNoHeap(Door door) {
    long before = heap();
    for (int i = 0; i < ROUNDS; i++) {
      says(post(door, door.lie()), Said.INVALID, door);
    }
    if (door.isGrpc()) {
      byte[] claims = ByteBuffer.allocate(5).put((byte) 0).putInt(256 << 20).array();
      says(doors.post(door, claims), Said.TOO_LARGE, door);
    }
    assertThat(heap() - before).isLessThan(SIZE_OF_ALL);
  }

  @ParameterizedTest
  @EnumSource
  void aContentLengthThatLies_isRefusedBeforeAByteIsRead(Door door) throws IOException {
    try (Socket socket = new Socket("127.0.0.1", doors.port())) {
      socket.setSoTimeout(10_000);
      socket
          .getOutputStream()
          .write(
              "POST %s HTTP/1.1\r\nHost: x\r\nContent-Type: %s\r\nContent-Length: 268435456\r\n\r\nhello"
                  .formatted(door.path, door.type)
                  .getBytes(StandardCharsets.US_ASCII));
      byte[] answer = socket.getInputStream().readNBytes(12);
      // A stream of messages is as long as it likes, and "hell" claims a message of 1.7 GB.
      assertThat(new String(answer, StandardCharsets.US_ASCII))
          .isEqualTo(door.isGrpc() ? "HTTP/1.1 200" : "HTTP/1.1 413");
    }
  }

  @ParameterizedTest
  @EnumSource
  void levelsInLevels_areInvalid(Door door) {
    says(post(door, door.deep()), Said.INVALID, door);
    assertThat(doors.offered()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void halfMessages_areInvalid(Door door) {
    byte[] good = door.good();
    says(post(door, Arrays.copyOf(good, good.length / 2)), Said.INVALID, door);
    if (door.isGrpc()) {
      byte[] body = door.body(good);
      says(doors.post(door, Arrays.copyOf(body, body.length / 2)), Said.INVALID, door);
    }
    assertThat(doors.offered()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void clientThatIsGoneHalfway_leavesNothing(Door door) {
    byte[] body = door.body(door.good());
    Doors.Open open = doors.open(door);
    open.body().write(HttpData.wrap(Arrays.copyOf(body, body.length / 2)));
    await(() -> doors.collector().bodyMemory().used() > 0);
    open.body().close(new IOException("gone"));

    assertThat(open.answer()).failsWithin(Duration.ofSeconds(20));
    assertThat(doors.offered()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void slowSender_isTaken_andOthersMeanwhile(Door door) {
    byte[] body = door.body(door.good());
    Doors.Open slow = doors.open(door);
    for (int i = 0; i < body.length; i++) {
      slow.body().write(HttpData.wrap(new byte[] {body[i]}));
      if (i == body.length / 2) {
        says(post(door, door.good()), Said.TAKEN, door);
        assertThat(slow.answer()).isNotDone();
      }
    }
    slow.body().close();
    says(slow.answer().join(), Said.TAKEN, door);
    assertThat(doors.offered()).hasSize(2);
  }

  @ParameterizedTest
  @EnumSource
  void otherTypesAndCodings_areUnsupported(Door door) {
    assertThat(doors.post(door, new byte[1], "content-type", "text/html").code()).isEqualTo(415);
    says(
        doors.post(
            door,
            door.body(door.good()),
            door.isGrpc() ? "grpc-encoding" : "content-encoding",
            "br"),
        Said.UNSUPPORTED,
        door);
    assertThat(doors.offered()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void zeroIds_areInvalidWhereNothingElseIsThere(Door door) {
    Doors.Answer answer = post(door, door.zeroIds());
    says(answer, Said.INVALID, door);
    assertThat(answer.text()).contains("id");
    assertThat(doors.offered()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void textThatIsNoUtf8_showsItsDamage_andCostsNoSpan(Door door) {
    byte[] message = door.good();
    int at = new String(message, StandardCharsets.ISO_8859_1).indexOf(Door.NAME);
    message[at] = (byte) 0xff;
    says(post(door, message), Said.TAKEN, door);
    ByteBuffer payload = doors.offered().getFirst().payload();
    assertThat(StandardCharsets.UTF_8.decode(payload.duplicate()).toString()).contains("\uFFFDoot");
  }
}
