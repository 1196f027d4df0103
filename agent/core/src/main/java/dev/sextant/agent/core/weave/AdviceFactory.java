package dev.sextant.agent.core.weave;

import dev.sextant.agent.bootstrap.AdviceLinkage;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.Collections;
import java.util.List;
import net.bytebuddy.asm.Advice;
import net.bytebuddy.description.method.MethodDescription;
import net.bytebuddy.description.type.TypeDescription;
import net.bytebuddy.dynamic.ClassFileLocator;
import net.bytebuddy.implementation.bytecode.StackManipulation;
import net.bytebuddy.implementation.bytecode.member.MethodInvocation;
import net.bytebuddy.pool.TypePool;
import net.bytebuddy.utility.JavaConstant;

/**
 * Turns advice classes into visitors of woven methods: called through {@code invokedynamic}, or
 * copied for inlined rules. What an advice throws goes to {@link AdviceLinkage#suppressed}.
 */
final class AdviceFactory {
  private final ClassFileLocator agentClasses;
  private final Advice.WithCustomMapping called;
  private final Advice.WithCustomMapping copied;
  private final StackManipulation onFailure;

  AdviceFactory(ClassFileLocator agentClasses) throws NoSuchMethodException {
    this.agentClasses = agentClasses;
    this.copied = Advice.withCustomMapping();
    this.called =
        Advice.withCustomMapping()
            .with(new Advice.AssignReturned.Factory().withSuppressed(Throwable.class))
            .bootstrap(
                AdviceLinkage.class.getMethod(
                    "bootstrap",
                    MethodHandles.Lookup.class,
                    String.class,
                    MethodType.class,
                    String.class),
                new AdviceName());
    this.onFailure =
        MethodInvocation.invoke(
            new MethodDescription.ForLoadedMethod(
                AdviceLinkage.class.getMethod("suppressed", Throwable.class)));
  }

  /**
   * @param library where the class files that the advice refers to are found
   */
  Advice advice(String adviceClass, boolean inlined, ClassFileLocator library) {
    TypePool types = TypePool.Default.of(new ClassFileLocator.Compound(agentClasses, library));
    TypeDescription type = types.describe(adviceClass).resolve();
    return (inlined ? copied : called).to(type, agentClasses).withExceptionHandler(onFailure);
  }

  /** Passes the advice class' name to the bootstrap method. */
  private static final class AdviceName implements Advice.BootstrapArgumentResolver.Factory {
    @Override
    public Advice.BootstrapArgumentResolver resolve(
        MethodDescription.InDefinedShape adviceMethod, boolean exit) {
      final String name = adviceMethod.getDeclaringType().getName();
      return new Advice.BootstrapArgumentResolver() {
        @Override
        public List<JavaConstant> resolve(
            TypeDescription instrumentedType, MethodDescription instrumentedMethod) {
          return Collections.singletonList(JavaConstant.Simple.ofLoaded(name));
        }
      };
    }
  }
}
