package dev.sextant.collector.thrift;

/** The types of values that thrift's protocols know. */
public enum ThriftType {
  BOOL,
  I8,
  I16,
  I32,
  I64,
  DOUBLE,
  /** A string, or bytes. */
  BINARY,
  STRUCT,
  MAP,
  SET,
  LIST
}
