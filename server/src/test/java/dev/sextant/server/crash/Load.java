package dev.sextant.server.crash;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Clients of all three signals, side by side. */
final class Load {
  private static final int CLIENTS = 3;

  final Ledger spans;
  final Ledger samples;
  final Ledger lines;

  private final List<Client> clients = new ArrayList<>();
  private final List<Thread> threads = new ArrayList<>();
  private final ConcurrentLinkedQueue<String> failures = new ConcurrentLinkedQueue<>();
  private volatile boolean stopped;

  private Load(Ledger spans, Ledger samples, Ledger lines) {
    this.spans = spans;
    this.samples = samples;
    this.lines = lines;
  }

  Load(long seed) {
    this(new Ledger(), new Ledger(), new Ledger());
    Random seeds = new Random(seed);
    for (int id = 0; id < CLIENTS; id++) {
      clients.add(new Client(id, new Spans(), true, spans, seeds.nextLong()));
      // A series goes forward in time, so only its newest batch may come again.
      clients.add(new Client(id, new Samples(), false, samples, seeds.nextLong()));
      clients.add(new Client(id, new Lines(), true, lines, seeds.nextLong()));
    }
  }

  /** What was acknowledged up to now. */
  record Moment(
      Map<Batch, Ledger.Tries> spans,
      Map<Batch, Ledger.Tries> samples,
      Map<Batch, Ledger.Tries> lines) {}

  Moment moment() {
    return new Moment(spans.tries(), samples.tries(), lines.tries());
  }

  /** The same batches, as known at an earlier moment; to audit by, not to send. */
  Load asOf(Moment then) {
    return new Load(
        spans.asOf(then.spans()), samples.asOf(then.samples()), lines.asOf(then.lines()));
  }

  /** Lets every client send to this address until {@link #stop} or the server's end. */
  void start(URI otlp) {
    stopped = false;
    for (Client client : clients) {
      threads.add(Thread.ofPlatform().daemon().start(() -> run(client, otlp)));
    }
  }

  private void run(Client client, URI otlp) {
    try {
      String failure = client.send(otlp, () -> stopped);
      if (!failure.isEmpty()) {
        failures.add(failure);
      }
    } catch (InterruptedException | RuntimeException | AssertionError e) {
      failures.add(e.toString());
    }
  }

  /** Waits until every client has its last answer or found the server gone. */
  void join() throws InterruptedException {
    for (Thread thread : threads) {
      thread.join();
    }
    threads.clear();
  }

  /** Lets clients end after the request they wait for. */
  void stop() throws InterruptedException {
    stopped = true;
    join();
  }

  /** Answers that no client should get; empty where all went well. */
  List<String> failures() {
    return List.copyOf(failures);
  }
}
