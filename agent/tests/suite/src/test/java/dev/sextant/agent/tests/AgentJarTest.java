package dev.sextant.agent.tests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import net.bytebuddy.jar.asm.AnnotationVisitor;
import net.bytebuddy.jar.asm.ClassReader;
import net.bytebuddy.jar.asm.ClassVisitor;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import org.junit.jupiter.api.Test;

/** What is in the jar, and what must not be. */
class AgentJarTest {
  private static final int JAVA_8 = 52;

  private interface EntryVisitor {
    void visit(JarEntry entry, byte[] bytes) throws IOException;
  }

  private static void entries(EntryVisitor visitor) throws IOException {
    try (JarFile jar = new JarFile(App.agent().toFile())) {
      for (JarEntry entry : jar.stream().toList()) {
        try (InputStream in = jar.getInputStream(entry)) {
          visitor.visit(entry, in.readAllBytes());
        }
      }
    }
  }

  private static boolean isClassFile(String name) {
    return name.endsWith(".class") || name.endsWith(".classdata");
  }

  @Test
  void allBytecode_loadsOnJava8() throws IOException {
    List<String> tooNew = new ArrayList<>();
    entries(
        (entry, bytes) -> {
          if (isClassFile(entry.getName()) && ((bytes[6] << 8) | bytes[7]) > JAVA_8) {
            tooNew.add(entry.getName());
          }
        });
    assertThat(tooNew).isEmpty();
  }

  @Test
  void everyPackage_isOurs() throws IOException {
    List<String> foreign = new ArrayList<>();
    entries(
        (entry, bytes) -> {
          String name = entry.getName().replaceFirst("^inst/", "");
          if (!name.startsWith("META-INF/") && !name.startsWith("dev/sextant/agent/")) {
            foreign.add(entry.getName());
          }
        });
    assertThat(foreign).isEmpty();
  }

  @Test
  void applicationsSeeTheBridgeOnly() throws IOException {
    List<String> visible = new ArrayList<>();
    entries(
        (entry, bytes) -> {
          if (entry.getName().endsWith(".class")) {
            visible.add(entry.getName());
          }
        });
    assertThat(visible)
        .isNotEmpty()
        .allMatch(
            name ->
                name.equals("dev/sextant/agent/SextantAgent.class")
                    || name.startsWith("dev/sextant/agent/bootstrap/"));
  }

  @Test
  void noClassStartsTheJdksLogging() throws IOException {
    TreeSet<String> users = new TreeSet<>();
    entries(
        (entry, bytes) -> {
          if (isClassFile(entry.getName())
              && new String(bytes, java.nio.charset.StandardCharsets.ISO_8859_1)
                  .contains("java/util/logging/Logger")) {
            users.add(entry.getName());
          }
        });
    assertThat(users).isEmpty();
  }

  /** Advice that lets an exception through would change what the application does. */
  @Test
  void everyAdvice_isSuppressed() throws IOException {
    List<String> advices = new ArrayList<>();
    List<String> open = new ArrayList<>();
    entries(
        (entry, bytes) -> {
          if (entry.getName().startsWith("inst/dev/sextant/agent/instrumentation/")
              && entry.getName().endsWith(".classdata")) {
            new ClassReader(bytes).accept(new AdviceCheck(entry.getName(), advices, open), 0);
          }
        });
    assertThat(advices).hasSizeGreaterThan(30);
    assertThat(open).isEmpty();
  }

  @Test
  void everyReferenceToTheLogger_resolves() throws Exception {
    List<String> declared = new ArrayList<>();
    List<String> used = new ArrayList<>();
    String logger = "dev/sextant/agent/core/telemetry/AgentLogger";
    entries(
        (entry, bytes) -> {
          if (isClassFile(entry.getName())) {
            boolean isLogger = entry.getName().equals("inst/" + logger + ".classdata");
            new ClassReader(bytes).accept(new LoggerUse(logger, isLogger, declared, used), 0);
          }
        });
    assertThat(used).isNotEmpty();
    assertThat(declared).containsAll(used);
  }

  @Test
  void size_isBounded() {
    assertThat(App.agent().toFile().length()).isLessThan(6_500_000);
  }

  private static final class AdviceCheck extends ClassVisitor {
    private final String entry;
    private final List<String> advices;
    private final List<String> open;

    AdviceCheck(String entry, List<String> advices, List<String> open) {
      super(Opcodes.ASM9);
      this.entry = entry;
      this.advices = advices;
      this.open = open;
    }

    @Override
    public MethodVisitor visitMethod(
        int access, String name, String descriptor, String signature, String[] exceptions) {
      return new MethodVisitor(Opcodes.ASM9) {
        @Override
        public AnnotationVisitor visitAnnotation(String annotation, boolean visible) {
          if (!annotation.endsWith("Advice$OnMethodEnter;")
              && !annotation.endsWith("Advice$OnMethodExit;")) {
            return null;
          }
          advices.add(entry + "." + name);
          open.add(entry + "." + name);
          return new AnnotationVisitor(Opcodes.ASM9) {
            @Override
            public void visit(String key, Object value) {
              if (key.equals("suppress") && value.toString().equals("Ljava/lang/Throwable;")) {
                open.remove(entry + "." + name);
              }
            }
          };
        }
      };
    }
  }

  private static final class LoggerUse extends ClassVisitor {
    private final String logger;
    private final boolean isLogger;
    private final List<String> declared;
    private final List<String> used;

    LoggerUse(String logger, boolean isLogger, List<String> declared, List<String> used) {
      super(Opcodes.ASM9);
      this.logger = logger;
      this.isLogger = isLogger;
      this.declared = declared;
      this.used = used;
    }

    @Override
    public MethodVisitor visitMethod(
        int access, String name, String descriptor, String signature, String[] exceptions) {
      if (isLogger) {
        declared.add(name + descriptor);
      }
      return new MethodVisitor(Opcodes.ASM9) {
        @Override
        public void visitMethodInsn(
            int opcode, String owner, String called, String calledDescriptor, boolean isInterface) {
          if (owner.equals(logger)) {
            used.add(called + calledDescriptor);
          }
        }
      };
    }
  }
}
