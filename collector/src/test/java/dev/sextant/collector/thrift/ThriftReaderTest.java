package dev.sextant.collector.thrift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sextant.storage.otlp.Slice;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.thrift.TException;
import org.apache.thrift.protocol.TField;
import org.apache.thrift.protocol.TList;
import org.apache.thrift.protocol.TMap;
import org.apache.thrift.protocol.TMessage;
import org.apache.thrift.protocol.TProtocol;
import org.apache.thrift.protocol.TSet;
import org.apache.thrift.protocol.TStruct;
import org.apache.thrift.protocol.TType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What thrift's own library writes is read back. */
class ThriftReaderTest {
  @ParameterizedTest
  @EnumSource(Wire.class)
  void aCall_isReadWithItsArguments(Wire wire) {
    ThriftReader in =
        wire.read(
            out -> {
              out.writeMessageBegin(new TMessage("emitBatch", (byte) 4, 77));
              out.writeStructBegin(new TStruct("args"));
              out.writeFieldStop();
              out.writeMessageEnd();
            });

    assertThat(in.message()).isEqualTo(new ThriftMessage("emitBatch", ThriftMessage.ONE_WAY, 77));
    in.beginStruct();
    assertThat(in.nextField()).isFalse();
    assertThat(in.atEnd()).isTrue();
  }

  @ParameterizedTest
  @EnumSource(Wire.class)
  void everyType_isReadBack(Wire wire) {
    ThriftReader in = wire.read(ThriftReaderTest::everything);
    List<Object> read = new ArrayList<>();

    in.beginStruct();
    while (in.nextField()) {
      read.add(in.field());
      switch (in.fieldType()) {
        case BOOL -> read.add(in.bool());
        case I8 -> read.add(in.i8());
        case I16 -> read.add(in.i16());
        case I32 -> read.add(in.i32());
        case I64 -> read.add(in.i64());
        case DOUBLE -> read.add(in.decimal());
        case BINARY -> read.add(in.string());
        case LIST, SET -> {
          int count = in.list();
          read.add(in.elementType() + "*" + count);
          for (int i = 0; i < count; i++) {
            read.add(in.elementType() == ThriftType.BOOL ? in.bool() : (Object) in.i32());
          }
        }
        case MAP -> {
          int count = in.map();
          read.add(count == 0 ? "{}" : in.keyType() + ">" + in.elementType());
          for (int i = 0; i < count; i++) {
            read.add(in.string());
            read.add(in.i64());
          }
        }
        case STRUCT -> {
          in.beginStruct();
          assertThat(in.nextField()).isTrue();
          assertThat(in.fieldIs(2, ThriftType.BOOL)).isTrue();
          read.add(in.bool());
          assertThat(in.nextField()).isFalse();
        }
      }
    }

    assertThat(in.atEnd()).isTrue();
    assertThat(read)
        .containsExactly(
            1,
            true,
            2,
            false,
            3,
            (byte) -3,
            4,
            (short) -400,
            5,
            Integer.MIN_VALUE,
            6,
            Long.MIN_VALUE,
            7,
            -1.5,
            8,
            "héllo",
            9,
            "I32*20",
            0,
            1,
            2,
            3,
            4,
            5,
            6,
            7,
            8,
            9,
            10,
            11,
            12,
            13,
            14,
            15,
            16,
            17,
            18,
            19,
            40,
            "BOOL*2",
            true,
            false,
            41,
            "BINARY>I64",
            "k",
            9L,
            42,
            "{}",
            43,
            true,
            -5,
            12);
  }

  @ParameterizedTest
  @EnumSource(Wire.class)
  void everyType_isSkipped(Wire wire) {
    ThriftReader in = wire.read(ThriftReaderTest::everything);
    in.skip(ThriftType.STRUCT);
    assertThat(in.atEnd()).isTrue();
  }

  @ParameterizedTest
  @EnumSource(Wire.class)
  void bytesCutOffAnywhere_areMalformed(Wire wire) {
    byte[] whole = wire.write(ThriftReaderTest::everything);
    for (int length = 0; length < whole.length; length++) {
      ThriftReader in = wire.reader(Arrays.copyOf(whole, length), 8);
      assertThatThrownBy(() -> in.skip(ThriftType.STRUCT))
          .isInstanceOf(MalformedThriftException.class);
    }
  }

  @Test
  void lengthsThatLie_areRefusedBeforeAnythingIsAllocated() {
    for (byte[] five : List.of(bytes(11, 0x10, 0, 0, 0), bytes(12, 0x10, 0, 0, 0))) {
      ThriftReader in = ThriftReader.binary(Slice.of(five), 8);
      assertThatThrownBy(in::list)
          .isInstanceOf(MalformedThriftException.class)
          .hasMessageContaining("268435456 elements are announced, but 0 bytes are left");
    }
    assertThatThrownBy(() -> ThriftReader.binary(Slice.of(bytes(0x10, 0, 0, 0, 1)), 8).string())
        .hasMessageContaining("268435456 bytes are announced, but 1 are left");
    assertThatThrownBy(() -> ThriftReader.binary(Slice.of(bytes(0xff, 0, 0, 0, 1)), 8).string())
        .isInstanceOf(MalformedThriftException.class);
    assertThatThrownBy(() -> ThriftReader.binary(Slice.of(bytes(0x10, 0, 0, 0, 1)), 8).message())
        .isInstanceOf(MalformedThriftException.class);
    byte[] compact = bytes(0xfc, 0x80, 0x80, 0x80, 0x80, 0x01);
    assertThatThrownBy(() -> ThriftReader.compact(Slice.of(compact), 8).list())
        .hasMessageContaining("268435456 elements are announced");
    assertThatThrownBy(
            () -> ThriftReader.compact(Slice.of(bytes(0xff, 0xff, 0xff, 0xff, 0x7f)), 8).string())
        .hasMessageContaining("are announced, but 0 are left");
    assertThatThrownBy(
            () -> ThriftReader.compact(Slice.of(bytes(0x80, 0x80, 0x80, 0x80, 0x80, 1)), 8).i32())
        .hasMessageContaining("longer than 5 bytes");
  }

  @ParameterizedTest
  @EnumSource(Wire.class)
  void aHundredThousandLevels_areRefused(Wire wire) {
    byte structField = (byte) (wire == Wire.COMPACT ? 0x1c : 12);
    byte[] nested = new byte[300_000];
    for (int i = 0; i < nested.length; i += wire == Wire.COMPACT ? 1 : 3) {
      nested[i] = structField;
    }
    ThriftReader in = wire.reader(nested, 64);
    assertThatThrownBy(() -> in.skip(ThriftType.STRUCT))
        .isInstanceOf(MalformedThriftException.class)
        .hasMessageContaining("nest deeper than 64");
  }

  @Test
  void otherProtocols_areNamed() {
    assertThatThrownBy(() -> ThriftReader.compact(Slice.of(bytes(0x80, 1, 0, 1)), 8).message())
        .hasMessageContaining("compact protocol");
    assertThatThrownBy(() -> ThriftReader.compact(Slice.of(bytes(0x82, 0x22)), 8).message())
        .hasMessageContaining("version 2");
    assertThatThrownBy(() -> ThriftReader.binary(Slice.of(bytes(0x82, 0x21, 1, 0)), 8).message())
        .hasMessageContaining("binary protocol");
    assertThatThrownBy(
            () -> ThriftReader.binary(Slice.of(bytes(99, 0, 1)), 8).skip(ThriftType.LIST))
        .isInstanceOf(MalformedThriftException.class);
  }

  private static byte[] bytes(int... values) {
    byte[] bytes = new byte[values.length];
    for (int i = 0; i < values.length; i++) {
      bytes[i] = (byte) values[i];
    }
    return bytes;
  }

  static void everything(TProtocol out) throws TException {
    out.writeStructBegin(new TStruct("s"));
    field(out, TType.BOOL, 1);
    out.writeBool(true);
    field(out, TType.BOOL, 2);
    out.writeBool(false);
    field(out, TType.BYTE, 3);
    out.writeByte((byte) -3);
    field(out, TType.I16, 4);
    out.writeI16((short) -400);
    field(out, TType.I32, 5);
    out.writeI32(Integer.MIN_VALUE);
    field(out, TType.I64, 6);
    out.writeI64(Long.MIN_VALUE);
    field(out, TType.DOUBLE, 7);
    out.writeDouble(-1.5);
    field(out, TType.STRING, 8);
    out.writeString("héllo");
    containers(out);
    field(out, TType.STRUCT, 43);
    out.writeStructBegin(new TStruct("t"));
    field(out, TType.BOOL, 2);
    out.writeBool(true);
    out.writeFieldStop();
    out.writeStructEnd();
    field(out, TType.I32, -5);
    out.writeI32(12);
    out.writeFieldStop();
    out.writeStructEnd();
  }

  private static void containers(TProtocol out) throws TException {
    field(out, TType.LIST, 9);
    out.writeListBegin(new TList(TType.I32, 20));
    for (int i = 0; i < 20; i++) {
      out.writeI32(i);
    }
    field(out, TType.SET, 40);
    out.writeSetBegin(new TSet(TType.BOOL, 2));
    out.writeBool(true);
    out.writeBool(false);
    field(out, TType.MAP, 41);
    out.writeMapBegin(new TMap(TType.STRING, TType.I64, 1));
    out.writeString("k");
    out.writeI64(9);
    field(out, TType.MAP, 42);
    out.writeMapBegin(new TMap(TType.STRING, TType.I64, 0));
  }

  private static void field(TProtocol out, byte type, int id) throws TException {
    out.writeFieldBegin(new TField("", type, (short) id));
  }
}
