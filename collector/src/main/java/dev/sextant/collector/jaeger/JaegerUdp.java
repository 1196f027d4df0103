package dev.sextant.collector.jaeger;

import dev.sextant.collector.otlp.SignalReceiver;
import dev.sextant.collector.receive.LossCounter;
import dev.sextant.collector.receive.Losses;
import dev.sextant.collector.receive.Outcome;
import dev.sextant.collector.thrift.ThriftReader;
import dev.sextant.storage.otlp.Slice;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.DatagramChannel;
import java.util.Locale;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes batches as datagrams, as Jaeger's agent does. A datagram has no answer: what is not taken
 * is lost to its sender, and counted. Thread-safe; reads on a thread of its own until it is closed.
 */
public final class JaegerUdp implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(JaegerUdp.class);
  private static final int LARGEST = 65_535;
  private static final int WAITING = 4 << 20;
  private static final int DEPTH = 16;
  private static final Outcome UNWRITTEN = new Outcome.Unavailable(0, "the write failed");

  /** How thrift is written. */
  public enum Protocol {
    /** As most clients send it, to port 6831. */
    COMPACT(slice -> ThriftReader.compact(slice, DEPTH)),
    /** As Node's client sends it, to port 6832. */
    BINARY(slice -> ThriftReader.binary(slice, DEPTH));

    private final Function<Slice, ThriftReader> reader;

    Protocol(Function<Slice, ThriftReader> reader) {
      this.reader = reader;
    }
  }

  /**
   * What came since the start. What the operating system dropped before it was read is not known
   * here.
   *
   * @param datagrams that were read and handed on
   * @param malformed of them that were no batch, or had no span that could be kept
   * @param refused of them that were lost since the server was behind or could not write
   * @param rejectedSpans that were lost beside others that were kept
   */
  public record Counters(long datagrams, long malformed, long refused, long rejectedSpans) {}

  private final Protocol protocol;
  private final DatagramChannel channel;
  private final JaegerReceiver receiver;
  private final LossCounter losses;
  private final int port;
  private final Thread thread;
  private final LongAdder datagrams = new LongAdder();
  private final LongAdder malformed = new LongAdder();
  private final LongAdder refused = new LongAdder();
  private final LongAdder rejectedSpans = new LongAdder();

  private JaegerUdp(Protocol protocol, DatagramChannel channel, SignalReceiver spans, Losses losses)
      throws IOException {
    this.protocol = protocol;
    this.channel = channel;
    this.receiver = new JaegerReceiver(spans);
    this.losses = losses.of("jaeger-udp-" + protocol.name().toLowerCase(Locale.ROOT));
    this.port = ((InetSocketAddress) channel.getLocalAddress()).getPort();
    this.thread = Thread.ofPlatform().name("jaeger-udp-" + port).daemon().unstarted(this::read);
  }

  /**
   * Binds and begins to read.
   *
   * @param spans takes what was converted
   * @param losses tells in the log what was not kept
   */
  public static JaegerUdp open(
      InetSocketAddress address, Protocol protocol, SignalReceiver spans, Losses losses)
      throws IOException {
    DatagramChannel channel = DatagramChannel.open();
    try {
      channel.setOption(StandardSocketOptions.SO_RCVBUF, WAITING);
      channel.bind(address);
      JaegerUdp opened = new JaegerUdp(protocol, channel, spans, losses);
      opened.thread.start();
      return opened;
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e;
    }
  }

  /** The port that was bound. */
  public int port() {
    return port;
  }

  public Counters counters() {
    return new Counters(datagrams.sum(), malformed.sum(), refused.sum(), rejectedSpans.sum());
  }

  private void read() {
    ByteBuffer buffer = ByteBuffer.allocate(LARGEST);
    while (channel.isOpen()) {
      try {
        buffer.clear();
        channel.receive(buffer);
        take(buffer.flip());
      } catch (ClosedChannelException e) {
        return;
      } catch (IOException e) {
        LOG.warn("a datagram at port {} could not be read: {}", port, e.getMessage());
      }
    }
  }

  private void take(ByteBuffer datagram) {
    try {
      // What is read of the datagram is copied, so that the buffer is free when this returns.
      receiver
          .receive(
              Slice.of(datagram),
              (message, spans) -> ThriftBatch.readCall(message, protocol.reader, spans),
              TagMemory.ofDatagram())
          .whenComplete((outcome, failed) -> count(failed == null ? outcome : UNWRITTEN));
    } catch (RuntimeException e) {
      LOG.error("a datagram at port {} met a defect", port, e);
      refused.increment();
    } finally {
      datagrams.increment();
    }
  }

  private void count(Outcome outcome) {
    switch (losses.counted(outcome)) {
      case Outcome.Accepted() -> {}
      case Outcome.Partial(long rejected, long untimely, String message) ->
          rejectedSpans.add(rejected);
      case Outcome.Invalid(String message) -> malformed.increment();
      case Outcome.Throttled throttled -> refused.increment();
      case Outcome.Unavailable unavailable -> refused.increment();
      case Outcome.TooLarge tooLarge -> refused.increment();
      case Outcome.Unsupported unsupported -> refused.increment();
    }
  }

  /** Reads no more. What was read before is still written. */
  @Override
  public void close() {
    try {
      channel.close();
      thread.join();
    } catch (IOException e) {
      LOG.warn("port {} did not close cleanly", port, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
