package dev.sextant.agent.core.weave;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Set;
import net.bytebuddy.dynamic.ClassFileLocator;
import net.bytebuddy.jar.asm.AnnotationVisitor;
import net.bytebuddy.jar.asm.ClassReader;
import net.bytebuddy.jar.asm.ClassVisitor;
import net.bytebuddy.jar.asm.Handle;
import net.bytebuddy.jar.asm.Label;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Type;
import net.bytebuddy.utility.OpenedClassReader;
import org.jspecify.annotations.Nullable;

/**
 * Walks advice classes and what they use inside the instrumentation packages, and collects every
 * reference that leaves the agent and the JDK.
 */
final class ReferenceScan extends ClassVisitor {
  private static final String AGENT = "dev/sextant/agent/";
  private static final String INSTRUMENTATION = AGENT + "instrumentation/";
  private static final String OPTIONAL = Type.getDescriptor(OptionalLibrary.class);

  private final ClassFileLocator agentClasses;
  private final Deque<String> open = new ArrayDeque<>();
  private final Set<String> seen = new HashSet<>();
  private final Set<Reference> found = new LinkedHashSet<>();
  private Set<Reference> ofClass = new LinkedHashSet<>();
  private boolean optional;

  private ReferenceScan(ClassFileLocator agentClasses) {
    super(OpenedClassReader.ASM_API);
    this.agentClasses = agentClasses;
  }

  static Set<Reference> of(LibraryInstrumentation library, ClassFileLocator agentClasses)
      throws IOException {
    ReferenceScan scan = new ReferenceScan(agentClasses);
    for (TypeRule rule : library.rules()) {
      for (TypeRule.Weaving weaving : rule.weavings) {
        scan.type(weaving.advice.replace('.', '/'));
      }
    }
    scan.walk();
    return scan.found;
  }

  private void walk() throws IOException {
    while (!open.isEmpty()) {
      ClassFileLocator.Resolution file = agentClasses.locate(open.pop().replace('/', '.'));
      if (file.isResolved()) {
        ofClass = new LinkedHashSet<>();
        optional = false;
        new ClassReader(file.resolve()).accept(this, ClassReader.SKIP_FRAMES);
        if (!optional) {
          found.addAll(ofClass);
        }
      }
    }
  }

  /** Returns whether the type is the library's. */
  private boolean type(@Nullable String internalName) {
    if (internalName == null) {
      return false;
    }
    if (internalName.startsWith("[")) {
      return type(Type.getType(internalName));
    }
    if (internalName.startsWith(INSTRUMENTATION)) {
      if (seen.add(internalName)) {
        open.add(internalName);
      }
      return false;
    }
    if (internalName.startsWith(AGENT) || internalName.startsWith("java/")) {
      return false;
    }
    ofClass.add(Reference.toType(internalName.replace('/', '.')));
    return true;
  }

  private boolean type(Type type) {
    Type element = type.getSort() == Type.ARRAY ? type.getElementType() : type;
    return element.getSort() == Type.OBJECT && type(element.getInternalName());
  }

  private void descriptor(String methodDescriptor) {
    type(Type.getReturnType(methodDescriptor));
    for (Type argument : Type.getArgumentTypes(methodDescriptor)) {
      type(argument);
    }
  }

  private void member(String owner, String name, String descriptor) {
    if (!owner.startsWith("[") && type(owner)) {
      ofClass.add(Reference.toMember(owner.replace('/', '.'), name, descriptor));
    }
  }

  @Override
  public void visit(
      int version,
      int access,
      String name,
      @Nullable String signature,
      @Nullable String superName,
      String[] interfaces) {
    type(superName);
    for (String each : interfaces) {
      type(each);
    }
  }

  @Override
  public @Nullable AnnotationVisitor visitAnnotation(String descriptor, boolean visible) {
    optional |= descriptor.equals(OPTIONAL);
    return null;
  }

  @Override
  public MethodVisitor visitMethod(
      int access,
      String name,
      String descriptor,
      @Nullable String signature,
      String @Nullable [] exceptions) {
    descriptor(descriptor);
    return new Body();
  }

  private final class Body extends MethodVisitor {
    Body() {
      super(OpenedClassReader.ASM_API);
    }

    @Override
    public void visitTypeInsn(int opcode, String type) {
      type(type);
    }

    @Override
    public void visitFieldInsn(int opcode, String owner, String name, String descriptor) {
      member(owner, name, descriptor);
    }

    @Override
    public void visitMethodInsn(
        int opcode, String owner, String name, String descriptor, boolean isInterface) {
      member(owner, name, descriptor);
    }

    @Override
    public void visitInvokeDynamicInsn(
        String name, String descriptor, Handle bootstrap, Object... arguments) {
      descriptor(descriptor);
      for (Object argument : arguments) {
        if (argument instanceof Handle) {
          Handle handle = (Handle) argument;
          member(handle.getOwner(), handle.getName(), handle.getDesc());
        }
      }
    }

    @Override
    public void visitLdcInsn(Object value) {
      if (value instanceof Type) {
        type((Type) value);
      }
    }

    @Override
    public void visitTryCatchBlock(Label start, Label end, Label handler, @Nullable String type) {
      type(type);
    }
  }
}
