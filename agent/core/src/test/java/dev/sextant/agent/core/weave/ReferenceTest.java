package dev.sextant.agent.core.weave;

import static org.assertj.core.api.Assertions.assertThat;

import net.bytebuddy.pool.TypePool;
import org.junit.jupiter.api.Test;

class ReferenceTest {
  /** A library's class. */
  public static class Library implements Runnable {
    public int count;

    @Override
    public void run() {}
  }

  /** Inherits what advice may refer to. */
  public static final class Derived extends Library {}

  private static final String NAME = Derived.class.getName();

  private final TypePool types = TypePool.Default.of(ReferenceTest.class.getClassLoader());

  @Test
  void presentMembers_hold() {
    assertThat(Reference.toType(NAME).holds(types)).isTrue();
    assertThat(Reference.toMember(NAME, "run", "()V").holds(types)).isTrue();
    assertThat(Reference.toMember(NAME, "count", "I").holds(types)).isTrue();
    assertThat(Reference.toMember(NAME, "<init>", "()V").holds(types)).isTrue();
    assertThat(Reference.toMember(NAME, "hashCode", "()I").holds(types)).isTrue();
    assertThat(Reference.toMember("java.util.List", "hashCode", "()I").holds(types)).isTrue();
    assertThat(
            Reference.toMember("java.util.List", "iterator", "()Ljava/util/Iterator;").holds(types))
        .isTrue();
  }

  @Test
  void absentMembers_doNot() {
    assertThat(Reference.toType("com.example.Gone").holds(types)).isFalse();
    assertThat(Reference.toMember("com.example.Gone", "run", "()V").holds(types)).isFalse();
    assertThat(Reference.toMember(NAME, "run", "(I)V").holds(types)).isFalse();
    assertThat(Reference.toMember(NAME, "count", "J").holds(types)).isFalse();
  }
}
