package dev.sextant.agent.core.context;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ObjectFieldTest {
  private final ObjectField<Object, String> field = new ObjectField<>();

  @Test
  void equalObjects_haveValuesOfTheirOwn() {
    String one = new String("key");
    String other = new String("key");
    field.set(one, "first");
    field.set(other, "second");
    assertThat(field.get(one)).isEqualTo("first");
    assertThat(field.get(other)).isEqualTo("second");
  }

  @Test
  void set_replaces() {
    Object owner = new Object();
    field.set(owner, "old");
    field.set(owner, "new");
    assertThat(field.get(owner)).isEqualTo("new");
    assertThat(field.remove(owner)).isEqualTo("new");
    assertThat(field.get(owner)).isNull();
  }

  @Test
  void beyondTheLimit_valuesAreNotKept() {
    Object[] owners = new Object[100_001];
    for (int i = 0; i < owners.length; i++) {
      owners[i] = new Object();
      field.set(owners[i], "value");
    }
    assertThat(field.get(owners[0])).isEqualTo("value");
    assertThat(field.get(owners[100_000])).isNull();
  }
}
