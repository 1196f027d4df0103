package dev.sextant.collector.skywalking;

import dev.sextant.collector.convert.ConvertedSpan;
import dev.sextant.storage.otlp.AttributeValue;

/** Writes what a span's own fields say of the library that made it and of whom it talks to. */
final class SpanPeers {
  private SpanPeers() {}

  /**
   * @param namesDatabase whether a tag has said which database is called
   */
  static void write(SegmentSpan span, boolean namesDatabase, ConvertedSpan out) {
    Component component = Component.of(span.component);
    if (span.component != 0) {
      out.attribute("sw.component", component.name());
    }
    if (!component.system().isEmpty()) {
      system(span, component.system(), namesDatabase, out);
    }
    if (!span.peer.isEmpty()) {
      peer(span, out);
    }
    if (span.skipsAnalysis) {
      out.attribute("sw.skip_analysis", AttributeValue.of(true));
    }
  }

  private static void system(
      SegmentSpan span, String system, boolean namesDatabase, ConvertedSpan out) {
    switch (span.layer) {
      case SegmentSpan.DATABASE, SegmentSpan.CACHE -> {
        if (span.isExit() && !namesDatabase) {
          out.attribute("db.system.name", system);
        }
      }
      case SegmentSpan.MQ -> out.attribute("messaging.system", system);
      case SegmentSpan.RPC -> out.attribute("rpc.system", system);
      default -> {}
    }
  }

  /** The other side: who calls an entry span; of any other whom it calls, brokers included. */
  private static void peer(SegmentSpan span, ConvertedSpan out) {
    Peer peer = Peer.of(span.peer);
    String side = span.isEntry() && span.layer != SegmentSpan.MQ ? "client" : "server";
    if (!peer.host().isEmpty()) {
      out.attribute(side + ".address", peer.host());
    }
    if (peer.port() != 0) {
      out.attribute(side + ".port", AttributeValue.of(peer.port()));
    }
    if (!peer.isWhole()) {
      out.attribute("sw8.peer", span.peer);
    }
  }
}
