package dev.sextant.benchmarks.traces;

import dev.sextant.benchmarks.traces.Service.Database;
import io.opentelemetry.proto.trace.v1.Span.SpanKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/** Grows one trace's tree of calls to a wanted size. */
final class Tree {
  private static final int DEEPEST = 14;
  private static final int LONGEST_LOOP = 20;

  private final Landscape landscape;
  private final SplittableRandom random;
  private final int size;
  private final List<MadeSpan> spans = new ArrayList<>();

  /** Spans that may get children. */
  private final List<MadeSpan> open = new ArrayList<>();

  Tree(Landscape landscape, SplittableRandom random, int size) {
    this.landscape = landscape;
    this.random = random;
    this.size = size;
  }

  List<MadeSpan> grow() {
    Service root = landscape.root(random);
    boolean job = !root.jobs.isEmpty() && (root.called.isEmpty() || random.nextInt(2) == 0);
    if (job) {
      open.add(add(null, root, SpanKind.SPAN_KIND_INTERNAL, Landscape.pick(root.jobs, random)));
    } else {
      Operation operation =
          Landscape.pick(root.called.isEmpty() ? root.consumers : root.called, random);
      open.add(
          add(
              null,
              root,
              operation.isCalled() ? SpanKind.SPAN_KIND_SERVER : SpanKind.SPAN_KIND_CONSUMER,
              operation));
    }
    while (spans.size() < size) {
      // Mostly where the last calls went, sometimes from further up.
      int near = random.nextInt(4) == 0 ? open.size() : Math.min(open.size(), 5);
      branch(open.get(open.size() - 1 - random.nextInt(near)));
    }
    return spans;
  }

  private void branch(MadeSpan parent) {
    Service service = parent.service;
    int left = size - spans.size();
    int dice = random.nextInt(100);
    if (dice < 48 && left >= 2 && !service.callees.isEmpty() && parent.depth < DEEPEST) {
      call(parent);
    } else if (dice < 82 && !service.databases.isEmpty()) {
      query(parent);
    } else if (dice < 88 && left >= 2 && !service.topics.isEmpty()) {
      send(parent);
    } else {
      work(parent);
    }
  }

  private void call(MadeSpan parent) {
    List<String> callees = parent.service.callees;
    Service peer = landscape.service(callees.get(random.nextInt(callees.size())));
    Operation operation = Landscape.pick(peer.called, random);
    MadeSpan client = add(parent, parent.service, SpanKind.SPAN_KIND_CLIENT, operation, null, peer);
    open.add(add(client, peer, SpanKind.SPAN_KIND_SERVER, operation));
  }

  /** One statement, or the same in a loop. */
  private void query(MadeSpan parent) {
    List<Database> databases = parent.service.databases;
    Database database = databases.get(random.nextInt(databases.size()));
    int times = random.nextInt(8) == 0 ? 2 + random.nextInt(LONGEST_LOOP) : 1;
    for (int i = 0; i < times && spans.size() < size; i++) {
      add(parent, parent.service, SpanKind.SPAN_KIND_CLIENT, null, database, null);
    }
  }

  private void send(MadeSpan parent) {
    List<String> topics = parent.service.topics;
    String topic = topics.get(random.nextInt(topics.size()));
    List<Service> takers = landscape.consumers(topic);
    Service taker = takers.get(random.nextInt(takers.size()));
    Operation operation = Objects.requireNonNull(taker.consumer(topic), topic);
    MadeSpan producer =
        add(parent, parent.service, SpanKind.SPAN_KIND_PRODUCER, operation, null, taker);
    MadeSpan consumer = add(producer, taker, SpanKind.SPAN_KIND_CONSUMER, operation);
    consumer.detached = true;
    open.add(consumer);
  }

  private void work(MadeSpan parent) {
    MadeSpan inside = add(parent, parent.service, SpanKind.SPAN_KIND_INTERNAL, null, null, null);
    if (parent.depth < DEEPEST) {
      open.add(inside);
    }
  }

  private MadeSpan add(
      @Nullable MadeSpan parent, Service service, SpanKind kind, Operation operation) {
    return add(parent, service, kind, operation, null, null);
  }

  private MadeSpan add(
      @Nullable MadeSpan parent,
      Service service,
      SpanKind kind,
      @Nullable Operation operation,
      @Nullable Database database,
      @Nullable Service peer) {
    MadeSpan span = new MadeSpan(spans.size(), parent, service, kind, operation, database, peer);
    spans.add(span);
    return span;
  }
}
