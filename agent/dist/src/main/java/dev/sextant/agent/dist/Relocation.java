package dev.sextant.agent.dist;

import java.util.List;
import net.bytebuddy.jar.asm.ClassReader;
import net.bytebuddy.jar.asm.ClassVisitor;
import net.bytebuddy.jar.asm.ClassWriter;
import net.bytebuddy.jar.asm.FieldVisitor;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.commons.ClassRemapper;
import net.bytebuddy.jar.asm.commons.Remapper;
import net.bytebuddy.utility.OpenedClassReader;
import org.jspecify.annotations.Nullable;

/**
 * Moves the libraries the agent brings below its own package, in class files and in text constants
 * that name their classes, so that they never meet the application's copies. Their logger becomes
 * the agent's, which does not touch the JDK's logging.
 */
final class Relocation extends Remapper {
  private record Move(String from, String to) {}

  private static final String SHADED = "dev/sextant/agent/shaded/";
  private static final String LOGGER = "dev/sextant/agent/core/telemetry/AgentLogger";
  private static final List<Move> MOVES =
      List.of(
          new Move("net/bytebuddy/", SHADED + "bytebuddy/"),
          new Move("io/opentelemetry/", SHADED + "opentelemetry/"));

  Relocation() {
    super(OpenedClassReader.ASM_API);
  }

  byte[] classFile(byte[] classFile) {
    ClassWriter writer = new ClassWriter(0);
    new ClassReader(classFile).accept(new Texts(new ClassRemapper(writer, this)), 0);
    return writer.toByteArray();
  }

  /** A path of slashes. */
  String path(String path) {
    for (Move move : MOVES) {
      if (path.startsWith(move.from)) {
        return move.to + path.substring(move.from.length());
      }
    }
    return path;
  }

  /** A text that begins with a relocated package, with dots or slashes. */
  String text(String text) {
    for (Move move : MOVES) {
      String dotted = move.from.replace('/', '.');
      if (text.startsWith(dotted)) {
        return move.to.replace('/', '.') + text.substring(dotted.length());
      }
    }
    return path(text);
  }

  @Override
  public String map(String internalName) {
    return internalName.equals("java/util/logging/Logger") ? LOGGER : path(internalName);
  }

  /** Class names held as text: reflection, properties. */
  private final class Texts extends ClassVisitor {
    Texts(ClassVisitor next) {
      super(OpenedClassReader.ASM_API, next);
    }

    @Override
    public FieldVisitor visitField(
        int access,
        String name,
        String descriptor,
        @Nullable String signature,
        @Nullable Object value) {
      Object mapped = value instanceof String text ? text(text) : value;
      return super.visitField(access, name, descriptor, signature, mapped);
    }

    @Override
    public MethodVisitor visitMethod(
        int access,
        String name,
        String descriptor,
        @Nullable String signature,
        String @Nullable [] exceptions) {
      MethodVisitor next = super.visitMethod(access, name, descriptor, signature, exceptions);
      return new MethodVisitor(OpenedClassReader.ASM_API, next) {
        @Override
        public void visitLdcInsn(Object value) {
          super.visitLdcInsn(value instanceof String text ? text(text) : value);
        }
      };
    }
  }
}
