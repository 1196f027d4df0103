package dev.sextant.storage.otlp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class ProtoReaderTest {
  @Test
  void reads_everyWireType() {
    ProtoReader reader = reader("08ff01 11 0102030405060708 1a03616263 25 01000080", 4);
    assertThat(reader.next()).isTrue();
    assertThat(reader.field()).isEqualTo(1);
    assertThat(reader.varint()).isEqualTo(255);
    assertThat(reader.next()).isTrue();
    assertThat(reader.fixed64()).isEqualTo(0x0807060504030201L);
    assertThat(reader.next()).isTrue();
    assertThat(reader.string()).isEqualTo("abc");
    assertThat(reader.next()).isTrue();
    assertThat(reader.fixed32()).isEqualTo(0x80000001);
    assertThat(reader.next()).isFalse();
  }

  @Test
  void skips_everyWireType() {
    ProtoReader reader = reader("08ff01 11 0102030405060708 1a03616263 25 01000080 2801", 4);
    for (int i = 0; i < 4; i++) {
      reader.next();
      reader.skip();
    }
    assertThat(reader.next()).isTrue();
    assertThat(reader.varint()).isEqualTo(1);
  }

  @Test
  void enter_walksANestedMessageAndLeavesItAnywhere() {
    ProtoReader reader = reader("0a04 0801 1002 1805", 4);
    reader.next();
    int outer = reader.enter();
    assertThat(reader.next()).isTrue();
    assertThat(reader.varint()).isEqualTo(1);
    reader.leave(outer);
    assertThat(reader.next()).isTrue();
    assertThat(reader.field()).isEqualTo(3);
  }

  @Test
  void refuses_aGroup() {
    refused("0b 0c", 1, "group");
  }

  @Test
  void refuses_anUnknownWireType() {
    refused("0801 0e", 3, "wire type 6");
  }

  @Test
  void refuses_fieldZero() {
    refused("00", 0, "tag 0");
  }

  @Test
  void refuses_aVarintWithoutEnd() {
    refused("08 ffffffffffffffffffffff", 1, "longer than 10 bytes");
    refused("08 ff", 1, "cut off");
  }

  @Test
  void refuses_aLengthBeyondTheMessageBeforeReading() {
    refused("0a 8080808001 00", 1, "says 268435456 bytes follow, but 1 are left");
    refused("0a ffffffffffffffffff01", 1, "18446744073709551615");
  }

  @Test
  void refuses_aLengthBeyondTheNestedMessage() {
    ProtoReader reader = reader("0a02 0a05 0102030405", 4);
    reader.next();
    reader.enter();
    reader.next();
    assertThatThrownBy(reader::delimited)
        .isInstanceOf(MalformedOtlpException.class)
        .hasMessageContaining("but 0 are left");
  }

  @Test
  void refuses_cutOffNumbers() {
    refused("09 00000000000000", 1, "cut off");
    refused("0d 000000", 1, "cut off");
  }

  @Test
  void refuses_deeperNestingThanItsBound() {
    ProtoReader reader = reader("0a04 0a02 0a00", 2);
    reader.next();
    reader.enter();
    reader.next();
    reader.enter();
    reader.next();
    assertThatThrownBy(reader::enter)
        .isInstanceOf(MalformedOtlpException.class)
        .hasMessage("malformed OTLP protobuf at byte 6: messages nest deeper than 2");
  }

  @Test
  void utf8_isCheckedAsTheJdkDoes() {
    for (String hex :
        new String[] {
          "",
          "41",
          "c3a4",
          "e282ac",
          "f09f9880",
          "c080",
          "c1bf",
          "eda080",
          "f0808080",
          "f4908080",
          "e282",
          "80",
          "f8888080",
          "4142434445464748c3",
          "4142434445464748c3a4",
          "efbfbd"
        }) {
      byte[] bytes = HexFormat.of().parseHex(hex);
      boolean expected =
          java.util.Arrays.equals(
              new String(bytes, StandardCharsets.UTF_8).getBytes(StandardCharsets.UTF_8), bytes);
      assertThat(Utf8.valid(bytes, 0, bytes.length)).as(hex).isEqualTo(expected);
    }
  }

  private static ProtoReader reader(String hex, int maxDepth) {
    return new ProtoReader(Slice.of(HexFormat.of().parseHex(hex.replace(" ", ""))), maxDepth);
  }

  private static void refused(String hex, int offset, String reason) {
    assertThatThrownBy(
            () -> {
              ProtoReader reader = reader(hex, 4);
              while (reader.next()) {
                reader.skip();
              }
            })
        .isInstanceOfSatisfying(
            MalformedOtlpException.class,
            e -> {
              assertThat(e.offset()).isEqualTo(offset);
              assertThat(e.reason()).contains(reason);
            });
  }
}
