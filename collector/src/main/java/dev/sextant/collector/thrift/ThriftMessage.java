package dev.sextant.collector.thrift;

/**
 * The envelope around a call's arguments.
 *
 * @param name of the method
 * @param kind 1 call, 2 reply, 3 exception, 4 one-way
 * @param sequence number of the call; all 32 bits of it
 */
public record ThriftMessage(String name, int kind, int sequence) {
  public static final int CALL = 1;
  public static final int REPLY = 2;
  public static final int EXCEPTION = 3;
  public static final int ONE_WAY = 4;
}
