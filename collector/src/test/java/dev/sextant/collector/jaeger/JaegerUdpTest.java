package dev.sextant.collector.jaeger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sextant.collector.fixture.OtlpFixture;
import dev.sextant.collector.fixture.RecordingSink;
import dev.sextant.collector.otlp.SpanReceiver;
import dev.sextant.collector.receive.EventWindow;
import dev.sextant.collector.receive.LossCounter;
import dev.sextant.collector.receive.Losses;
import dev.sextant.storage.Sink;
import dev.sextant.storage.otlp.OtlpLimits;
import dev.sextant.trace.SpanBatch;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.thrift.protocol.TField;
import org.apache.thrift.protocol.TList;
import org.apache.thrift.protocol.TStruct;
import org.apache.thrift.protocol.TType;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Datagrams over the loopback. */
class JaegerUdpTest {
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(20);

  private final RecordingSink<SpanBatch> sink = new RecordingSink<>();
  private final List<String> log = new CopyOnWriteArrayList<>();
  private final Losses losses = new Losses(InstantSource.fixed(OtlpFixture.NOW), log::add);

  private JaegerUdp open(JaegerUdp.Protocol protocol) throws IOException {
    return JaegerUdp.open(
        new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
        protocol,
        new SpanReceiver(
            sink,
            new EventWindow(InstantSource.fixed(OtlpFixture.NOW), Duration.ofDays(7), "retention"),
            OtlpLimits.DEFAULT),
        losses);
  }

  /** Sends one datagram after the other, each when the one before was read. */
  private static void send(JaegerUdp udp, byte[]... datagrams) throws IOException {
    try (DatagramSocket socket = new DatagramSocket()) {
      for (byte[] datagram : datagrams) {
        long read = udp.counters().datagrams() + 1;
        socket.send(
            new DatagramPacket(
                datagram, datagram.length, InetAddress.getLoopbackAddress(), udp.port()));
        long deadline = System.nanoTime() + LONGEST_WAIT.toNanos();
        while (udp.counters().datagrams() < read && System.nanoTime() < deadline) {
          Thread.onSpinWait();
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void batches_areWritten(JaegerUdp.Protocol protocol) throws IOException {
    JaegerUdp udp = open(protocol);
    byte[] batch = JaegerMessages.datagram(protocol == JaegerUdp.Protocol.COMPACT);
    try (udp) {
      send(udp, batch, batch);
    }
    assertThat(udp.counters()).isEqualTo(new JaegerUdp.Counters(2, 0, 0, 0));
    assertThat(sink.batches()).hasSize(2).allMatch(written -> written.rows() == 2);
  }

  @Test
  void whatIsLost_isCounted() throws IOException {
    JaegerUdp udp = open(JaegerUdp.Protocol.COMPACT);
    byte[] batch = JaegerMessages.datagram(true);
    try (udp) {
      send(udp, new byte[] {1, 2, 3}, new byte[0], JaegerMessages.datagram(false), batch);
      sink.answer(new Sink.Written.Throttled(1000, "behind"));
      send(udp, batch);
    }
    assertThat(udp.counters()).isEqualTo(new JaegerUdp.Counters(5, 3, 1, 0));
    assertThat(sink.batches()).hasSize(1);
    assertThat(losses.counts().get("jaeger-udp-compact").refusedMessages())
        .containsEntry(LossCounter.Reason.INVALID, 3L)
        .containsEntry(LossCounter.Reason.THROTTLED, 1L);
    assertThat(log)
        .singleElement(InstanceOfAssertFactories.STRING)
        .startsWith("jaeger-udp-compact: a message was refused: ");
  }

  @ParameterizedTest
  @EnumSource
  void badDatagrams_areCounted_andGoodOnesGoOn(JaegerUdp.Protocol protocol) throws IOException {
    boolean compact = protocol == JaegerUdp.Protocol.COMPACT;
    byte[] good = JaegerMessages.datagram(compact);
    byte[] manySpans =
        JaegerMessages.datagram(
            compact,
            out -> {
              out.writeStructBegin(new TStruct("Batch"));
              out.writeFieldBegin(new TField("spans", TType.LIST, (short) 2));
              out.writeListBegin(new TList(TType.STRUCT, 1 << 28));
            });
    byte[] deep =
        JaegerMessages.datagram(
            compact,
            out -> {
              for (int i = 0; i < 10_000; i++) {
                out.writeStructBegin(new TStruct("x"));
                out.writeFieldBegin(new TField("x", TType.STRUCT, (short) (1 + i % 15)));
              }
            });
    byte[] noIds = JaegerMessages.datagram(compact, out -> JaegerMessages.bareSpans(out, 0, 0));
    byte[] oneWithout =
        JaegerMessages.datagram(compact, out -> JaegerMessages.bareSpans(out, 0, 7));
    JaegerUdp udp = open(protocol);
    try (udp) {
      send(udp, manySpans, deep, Arrays.copyOf(good, good.length / 2), noIds, oneWithout, good);
    }
    assertThat(udp.counters()).isEqualTo(new JaegerUdp.Counters(6, 4, 0, 1));
    assertThat(sink.batches()).extracting(SpanBatch::rows).containsExactly(1, 2);
    assertThat(losses.counts().values())
        .singleElement()
        .extracting(counts -> counts.rejectedItems().get(LossCounter.ItemReason.INVALID))
        .isEqualTo(1L);
  }

  @Test
  void closed_givesThePortBack() throws IOException {
    JaegerUdp first = open(JaegerUdp.Protocol.COMPACT);
    first.close();
    try (DatagramSocket again =
        new DatagramSocket(first.port(), InetAddress.getLoopbackAddress())) {
      assertThat(again.isBound()).isTrue();
    }
  }
}
