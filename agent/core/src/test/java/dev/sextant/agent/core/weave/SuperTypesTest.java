package dev.sextant.agent.core.weave;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.sql.PreparedStatement;
import net.bytebuddy.dynamic.ClassFileLocator;
import org.junit.jupiter.api.Test;

class SuperTypesTest {
  /** A driver's base class. */
  abstract static class Base implements PreparedStatement {}

  /** What a driver hands out. */
  abstract static class Leaf extends Base {}

  @Test
  void superTypes_areFoundThroughClassesAndInterfaces() throws IOException {
    ClassLoader loader = SuperTypesTest.class.getClassLoader();
    byte[] bytes =
        ClassFileLocator.ForClassLoader.of(loader).locate(Leaf.class.getName()).resolve();
    assertThat(new SuperTypes().of(loader, bytes))
        .contains(
            Base.class.getName(),
            "java.sql.PreparedStatement",
            "java.sql.Statement",
            "java.sql.Wrapper",
            "java.lang.Object");
  }
}
