package dev.sextant.collector.operation;

import dev.sextant.collector.receive.KnownBytes;
import dev.sextant.storage.codec.ByteWriter;
import dev.sextant.storage.otlp.OtlpLimits;
import dev.sextant.storage.otlp.RowCursor;
import dev.sextant.storage.otlp.Slice;
import dev.sextant.trace.SpanBatch;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Names the spans of one batch. For one batch, and one thread. */
final class BatchNames {
  /** The epoch of names without a path, which learning never changes. */
  private static final int NO_EPOCH = -1;

  private final OperationNames names;
  private final SpanBatch batch;
  private final RowCursor rows;
  private final SpanFields span;
  private final RawName raw;
  private final KnownBytes.Probe probe = new KnownBytes.Probe();
  private final Slice request;
  private final RenamedRequest renamed;
  private final ByteWriter composed = new ByteWriter(64);
  private @Nullable LearnedPaths service;
  private int resource = -1;

  BatchNames(OperationNames names, SpanBatch batch) {
    this.names = names;
    this.batch = batch;
    request = Slice.of(batch.payload());
    rows = new RowCursor(request, OtlpLimits.DEFAULT);
    span = new SpanFields(rows.reader());
    renamed = new RenamedRequest(request, rows);
    raw = new RawName(names.learning().words());
  }

  /** The batch itself where no span has another name now. */
  SpanBatch named() {
    while (rows.next()) {
      if (rows.resourceOrdinal() != resource) {
        resource = rows.resourceOrdinal();
        service = names.service(batch.tenant(), rows.service());
      }
      span.readHead(rows.rowFrom(), rows.rowTo());
      if (isNamed(span.kind())) {
        name();
      }
    }
    RenamedSpans spans = renamed.spans();
    if (spans.count() == 0) {
      return batch;
    }
    if (spans.growth() > 0 && request.length() + (long) spans.growth() > names.maxBatchBytes()) {
      names.tooLarge();
      return batch;
    }
    names.renamed(spans.count());
    return new SpanBatch(batch.tenant(), batch.rows(), renamed.write());
  }

  private static boolean isNamed(int kind) {
    return kind == SpanFields.SERVER || kind == SpanFields.CLIENT || kind == SpanFields.CONSUMER;
  }

  private void name() {
    if (!raw.read(span.bytes(), span.nameFrom(), span.nameTo())) {
      if (span.kind() == SpanFields.SERVER) {
        plain();
      }
      return;
    }
    Named known = find();
    if (known != null && raw.isName(span.nameTo())) {
      known.met();
      return;
    }
    int tag = span.nameTag();
    span.readWhole();
    if (span.nameTag() == tag && isNamed(span.kind())) {
      byPath(known);
    }
  }

  /** What a template is called that holds words alone: that, where it was met before. */
  private @Nullable Named find() {
    if (service == null) {
      return null;
    }
    probe
        .set(raw.text(), raw.textFrom(), raw.textTo())
        .within(service.number(), service.epoch(), 0);
    return names.known().find(probe);
  }

  private boolean isName(byte[] name, int length) {
    return Arrays.equals(name, 0, length, span.bytes(), span.nameFrom(), span.nameTo());
  }

  private void byPath(@Nullable Named known) {
    if (span.has(SpanFields.Key.RPC_SYSTEM) || span.has(SpanFields.Key.RPC_SYSTEM_NAME)) {
      return;
    }
    boolean odd = span.kind() == SpanFields.SERVER && isOdd();
    Slice route = route();
    if (route != null) {
      byRoute(route, odd);
      return;
    }
    Named named = known != null ? known : learn(!odd);
    named.met();
    composed.clear();
    prefix(odd);
    composed.put(named.name(), raw.rawFrom() - span.nameFrom(), named.name().length);
    rename(true);
  }

  /** Whether the word before the path is a method that nobody knows. */
  private boolean isOdd() {
    int to = raw.rawFrom() - 1;
    int from = to;
    while (from > span.nameFrom() && span.bytes()[from - 1] != ' ') {
      from--;
    }
    return to > from && Methods.isOdd(span, span.bytes(), from, to);
  }

  private void prefix(boolean odd) {
    if (odd) {
      composed.put(Methods.HTTP, 0, Methods.HTTP.length);
      composed.put(' ');
    } else {
      composed.put(span.bytes(), span.nameFrom(), raw.rawFrom());
    }
  }

  /** What the span's instrumentation says is the template, or null. */
  private @Nullable Slice route() {
    Slice route = span.attribute(SpanFields.Key.HTTP_ROUTE);
    if (route == null) {
      route = span.attribute(SpanFields.Key.URL_TEMPLATE);
    }
    if (route == null) {
      return null;
    }
    int kinds = PathBytes.kinds(route.bytes(), route.from(), route.to());
    // "/", "/*" and "/**" are mappings of a whole server, no operations.
    return (kinds & (PathBytes.LETTER | PathBytes.DIGIT | PathBytes.OTHER)) == 0 ? null : route;
  }

  private void byRoute(Slice route, boolean odd) {
    composed.clear();
    prefix(odd);
    composed.put(route.bytes(), route.from(), route.to());
    if (!isName(composed.array(), composed.length())) {
      rename(true);
    } else if (service != null && raw.isName(span.nameTo())) {
      remember(new Named(composed.toByteArray(), service.epoch(), null));
    }
  }

  /** Learned values are not remembered: there is no end of them, and their nodes are found soon. */
  private Named learn(boolean remembered) {
    if (service == null) {
      byte[] name = Arrays.copyOfRange(raw.text(), raw.textFrom(), raw.textTo());
      return new Named(name, 0, null);
    }
    Named named = service.name(raw);
    boolean words =
        Arrays.equals(
            named.name(), 0, named.name().length, raw.text(), raw.textFrom(), raw.textTo());
    if (remembered && words && named.leaf() != null) {
      remember(named);
    }
    return named;
  }

  private void remember(Named named) {
    if (service != null) {
      probe
          .set(raw.text(), raw.textFrom(), raw.textTo())
          .within(service.number(), named.epoch(), 0);
      names.known().put(probe, named, Named.BYTES + named.name().length);
    }
  }

  /**
   * Calls the span by what is composed.
   *
   * @param byName whether the path stood in its name, so that it must not get lost
   */
  private void rename(boolean byName) {
    if (isName(composed.array(), composed.length())) {
      return;
    }
    Slice missing =
        byName ? RawPath.missing(span, new Slice(span.bytes(), raw.rawFrom(), raw.rawTo())) : null;
    if (missing == null || !span.has(SpanFields.Key.URL_ORIGINAL)) {
      renamed.spans().add(span, composed.array(), composed.length(), missing);
    }
  }

  /** A server span without a path in its name may be called by its method. */
  private void plain() {
    byte[] bytes = span.bytes();
    int from = span.nameFrom();
    int to = span.nameTo();
    if (!Methods.isShaped(bytes, from, to)) {
      return;
    }
    boolean method = Methods.isKnown(bytes, from, to);
    if (method ? !names.fromAttributes() : isKnownPlain(bytes, from, to)) {
      return;
    }
    int tag = span.nameTag();
    span.readWhole();
    if (span.nameTag() != tag || span.kind() != SpanFields.SERVER) {
      return;
    }
    if (method) {
      byAttributes();
    } else if (Methods.isOdd(span, bytes, from, to)) {
      composed.clear();
      composed.put(Methods.HTTP, 0, Methods.HTTP.length);
      rename(false);
    } else if (service != null) {
      names.known().put(probe, new Named(new byte[0], NO_EPOCH, null), Named.BYTES);
    }
  }

  private boolean isKnownPlain(byte[] bytes, int from, int to) {
    if (service == null) {
      return false;
    }
    probe.set(bytes, from, to).within(service.number(), NO_EPOCH, 0);
    return names.known().find(probe) != null;
  }

  /** Puts a route, or a path's template, behind the method. */
  private void byAttributes() {
    Slice path = route();
    boolean isRoute = path != null;
    if (path == null) {
      path = span.attribute(SpanFields.Key.URL_PATH);
    }
    if (path == null) {
      path = span.attribute(SpanFields.Key.HTTP_TARGET);
    }
    if (path == null || path.bytes()[path.from()] != '/') {
      return;
    }
    composed.clear();
    composed.put(span.bytes(), span.nameFrom(), span.nameTo());
    composed.put(' ');
    composed.put(path.bytes(), path.from(), path.to());
    if (isRoute) {
      rename(false);
    } else if (raw.read(composed.array(), 0, composed.length())) {
      Named known = find();
      Named named = known != null ? known : learn(true);
      named.met();
      composed.clear();
      composed.put(named.name(), 0, named.name().length);
      rename(false);
    }
  }
}
