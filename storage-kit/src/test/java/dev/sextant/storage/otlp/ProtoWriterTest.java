package dev.sextant.storage.otlp;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProtoWriterTest {
  @ParameterizedTest
  @ValueSource(ints = {0, 1, 124, 125, 126, 127, 128, 250, 16_380, 16_381, 16_384, 2_097_152})
  void nested_ofAnyLength_isReadBack(int length) {
    ProtoWriter out = new ProtoWriter();
    int outer = out.begin(7);
    int inner = out.begin(1);
    out.text(2, "x".repeat(length));
    out.end(inner);
    out.varint(3, -1);
    out.end(outer);
    out.fixed64(4, 0x0102030405060708L);
    out.fixed32(5, 0xfffefdfc);

    ProtoReader in = new ProtoReader(out.written(), 3);
    assertThat(in.next()).isTrue();
    assertThat(in.field()).isEqualTo(7);
    int outside = in.enter();
    assertThat(in.next()).isTrue();
    assertThat(in.field()).isEqualTo(1);
    int between = in.enter();
    assertThat(in.next()).isTrue();
    assertThat(in.field()).isEqualTo(2);
    assertThat(in.string()).hasSize(length);
    assertThat(in.next()).isFalse();
    in.leave(between);
    assertThat(in.next()).isTrue();
    assertThat(in.varint()).isEqualTo(-1);
    assertThat(in.next()).isFalse();
    in.leave(outside);
    assertThat(in.next()).isTrue();
    assertThat(in.fixed64()).isEqualTo(0x0102030405060708L);
    assertThat(in.next()).isTrue();
    assertThat(in.fixed32()).isEqualTo(0xfffefdfc);
    assertThat(in.next()).isFalse();
  }

  @Test
  void bytes_areProtobufs() {
    ProtoWriter out = new ProtoWriter();
    out.varint(1, 150);
    int message = out.begin(3);
    out.text(2, "ä");
    out.end(message);

    assertThat(out.toByteArray())
        .containsExactly(0x08, 0x96, 0x01, 0x1a, 0x04, 0x12, 0x02, 0xc3, 0xa4);
  }
}
