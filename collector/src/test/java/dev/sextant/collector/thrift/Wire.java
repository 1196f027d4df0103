package dev.sextant.collector.thrift;

import dev.sextant.storage.otlp.Slice;
import java.util.Arrays;
import org.apache.thrift.TException;
import org.apache.thrift.protocol.TBinaryProtocol;
import org.apache.thrift.protocol.TCompactProtocol;
import org.apache.thrift.protocol.TProtocol;
import org.apache.thrift.transport.TMemoryBuffer;

/** The protocols as thrift's own library writes them, and as we read them. */
enum Wire {
  BINARY,
  BINARY_NOT_STRICT,
  COMPACT;

  interface Writing {
    void to(TProtocol out) throws TException;
  }

  byte[] write(Writing writing) {
    try {
      TMemoryBuffer memory = new TMemoryBuffer(64);
      writing.to(
          switch (this) {
            case BINARY -> new TBinaryProtocol(memory, true, true);
            case BINARY_NOT_STRICT -> new TBinaryProtocol(memory, false, false);
            case COMPACT -> new TCompactProtocol(memory);
          });
      return Arrays.copyOf(memory.getArray(), memory.length());
    } catch (TException e) {
      throw new AssertionError(e);
    }
  }

  ThriftReader reader(byte[] bytes, int maxDepth) {
    return this == COMPACT
        ? ThriftReader.compact(Slice.of(bytes), maxDepth)
        : ThriftReader.binary(Slice.of(bytes), maxDepth);
  }

  ThriftReader read(Writing writing) {
    return reader(write(writing), 8);
  }
}
