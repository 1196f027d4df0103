package dev.sextant.collector.jaeger;

import dev.sextant.collector.thrift.ThriftReader;
import dev.sextant.storage.otlp.Slice;
import java.util.function.BiConsumer;
import java.util.function.Supplier;

/** The formats, each with the same batch written in it. */
enum JaegerFormat {
  PROTOBUF(JaegerMessages::protobuf, ProtobufBatch::read),
  THRIFT(JaegerMessages::thrift, ThriftBatch::read),
  UDP_COMPACT(
      () -> JaegerMessages.datagram(true),
      (bytes, spans) ->
          ThriftBatch.readCall(bytes, slice -> ThriftReader.compact(slice, 16), spans)),
  UDP_BINARY(
      () -> JaegerMessages.datagram(false),
      (bytes, spans) ->
          ThriftBatch.readCall(bytes, slice -> ThriftReader.binary(slice, 16), spans));

  final Supplier<byte[]> message;
  final BiConsumer<Slice, JaegerSpans> reader;

  JaegerFormat(Supplier<byte[]> message, BiConsumer<Slice, JaegerSpans> reader) {
    this.message = message;
    this.reader = reader;
  }
}
