package dev.sextant.collector.jaeger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sextant.collector.fixture.OtlpFixture;
import dev.sextant.collector.otlp.SpanReceiver;
import dev.sextant.collector.receive.EventWindow;
import dev.sextant.collector.receive.Outcome;
import dev.sextant.storage.Position;
import dev.sextant.storage.Sink;
import dev.sextant.storage.otlp.OtlpLimits;
import dev.sextant.storage.otlp.Slice;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Messages with a few bytes changed, cut or repeated: an outcome, never a defect. */
class JaegerFuzz {
  private static final int ROUNDS = Boolean.getBoolean("sextant.long") ? 2_000_000 : 20_000;

  private final Random random = new Random(42);
  private final JaegerReceiver receiver =
      new JaegerReceiver(
          new SpanReceiver(
              batch ->
                  CompletableFuture.completedFuture(new Sink.Written.Accepted(new Position(0, 0))),
              new EventWindow(InstantSource.fixed(OtlpFixture.NOW), Duration.ofDays(1), "r"),
              OtlpLimits.DEFAULT));

  private Outcome receive(JaegerFormat format, byte[] message) {
    return receiver
        .receive(Slice.of(message), format.reader, TagMemory.ofDatagram())
        .toCompletableFuture()
        .join();
  }

  @ParameterizedTest
  @EnumSource
  void everyMutation_hasAnOutcome(JaegerFormat format) {
    byte[] seed = format.message.get();
    assertThat(receive(format, seed)).isEqualTo(Outcome.ACCEPTED);
    int refused = 0;
    for (int i = 0; i < ROUNDS; i++) {
      Outcome outcome = receive(format, mutated(seed));
      assertThat(outcome)
          .isInstanceOfAny(Outcome.Accepted.class, Outcome.Partial.class, Outcome.Invalid.class);
      refused += outcome instanceof Outcome.Invalid ? 1 : 0;
    }
    assertThat(refused).isGreaterThan(ROUNDS / 10);
  }

  @ParameterizedTest
  @EnumSource
  void everyPrefix_isInvalid(JaegerFormat format) {
    byte[] seed = format.message.get();
    for (int length = 1; length < seed.length - 1; length++) {
      assertThat(receive(format, Arrays.copyOf(seed, length)))
          .as("the first %d bytes", length)
          .isInstanceOf(Outcome.Invalid.class);
    }
  }

  private byte[] mutated(byte[] seed) {
    byte[] bytes = seed.clone();
    for (int i = random.nextInt(4); i >= 0; i--) {
      bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
    }
    return random.nextInt(8) == 0 ? Arrays.copyOf(bytes, random.nextInt(bytes.length)) : bytes;
  }
}
