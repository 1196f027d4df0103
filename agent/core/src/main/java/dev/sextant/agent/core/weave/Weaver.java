package dev.sextant.agent.core.weave;

import dev.sextant.agent.bootstrap.AdviceLinkage;
import dev.sextant.agent.bootstrap.AgentClassLoader;
import java.lang.instrument.ClassFileTransformer;
import java.lang.instrument.Instrumentation;
import java.security.ProtectionDomain;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import net.bytebuddy.ByteBuddy;
import net.bytebuddy.description.type.TypeDescription;
import net.bytebuddy.dynamic.ClassFileLocator;
import net.bytebuddy.dynamic.DynamicType;
import net.bytebuddy.dynamic.scaffold.MethodGraph;
import net.bytebuddy.dynamic.scaffold.TypeValidation;
import net.bytebuddy.pool.TypePool;
import org.jspecify.annotations.Nullable;

/**
 * Weaves advice into classes as they load. A class that cannot be woven loads as it is; weaving
 * never adds members, so it works for loaded classes too.
 *
 * <p>Free of lambdas and logging: this runs while the JVM loads classes, also its own.
 */
public final class Weaver implements ClassFileTransformer {
  private static final int FIRST_WITH_INVOKEDYNAMIC = 51;

  private final ThreadLocal<Boolean> weaving = new ThreadLocal<>();
  private final RuleIndex rules;
  private final SuperTypes superTypes = new SuperTypes();
  private final ReferenceCheck references;
  private final AdviceFactory advices;
  private final ByteBuddy byteBuddy =
      new ByteBuddy()
          .with(MethodGraph.Compiler.ForDeclaredMethods.INSTANCE)
          .with(TypeValidation.DISABLED);

  private Weaver(AgentClassLoader agent, RuleIndex rules) throws NoSuchMethodException {
    ClassFileLocator agentClasses = new AgentClassFiles(agent);
    this.rules = rules;
    this.advices = new AdviceFactory(agentClasses);
    this.references = new ReferenceCheck(agentClasses);
  }

  /**
   * Installs the weaver and weaves what is loaded already.
   *
   * @param libraries the enabled instrumentations
   */
  public static void install(
      Instrumentation instrumentation,
      AgentClassLoader agent,
      Iterable<LibraryInstrumentation> libraries)
      throws NoSuchMethodException {
    AdviceLinkage.install(new AdviceLinker(agent));
    RuleIndex rules = new RuleIndex(libraries);
    instrumentation.addTransformer(new Weaver(agent, rules), true);
    Set<String> names = rules.exactNames();
    for (Class<?> loaded : instrumentation.getAllLoadedClasses()) {
      if (names.contains(loaded.getName()) && instrumentation.isModifiableClass(loaded)) {
        try {
          instrumentation.retransformClasses(loaded);
        } catch (Throwable failure) {
          AdviceLinkage.suppressed(failure);
        }
      }
    }
  }

  @Override
  public byte @Nullable [] transform(
      @Nullable ClassLoader loader,
      @Nullable String internalName,
      @Nullable Class<?> redefined,
      @Nullable ProtectionDomain domain,
      byte[] classFile) {
    if (internalName == null
        || loader instanceof AgentClassLoader
        || loader instanceof InstrumentationLoader
        || weaving.get() != null) {
      return null;
    }
    weaving.set(Boolean.TRUE);
    try {
      String name = internalName.replace('/', '.');
      List<RuleIndex.Entry> entries = applicable(loader, name, classFile);
      return entries.isEmpty() ? null : weave(loader, name, classFile, entries);
    } catch (Throwable failure) {
      AdviceLinkage.suppressed(failure);
      return null;
    } finally {
      weaving.remove();
    }
  }

  private List<RuleIndex.Entry> applicable(
      @Nullable ClassLoader loader, String name, byte[] classFile) {
    List<RuleIndex.Entry> found = rules.named(name);
    if (loader != null) {
      List<RuleIndex.Entry> candidates = rules.candidates(name);
      if (!candidates.isEmpty()) {
        Set<String> supers = superTypes.of(loader, classFile);
        found = new ArrayList<>(found);
        for (RuleIndex.Entry candidate : candidates) {
          if (supers.contains(candidate.rule.superType)) {
            found.add(candidate);
          }
        }
      }
    }
    return found;
  }

  private byte @Nullable [] weave(
      @Nullable ClassLoader loader, String name, byte[] classFile, List<RuleIndex.Entry> entries) {
    ClassFileLocator locator =
        new ClassFileLocator.Compound(
            ClassFileLocator.Simple.of(name, classFile),
            ClassFileLocator.ForClassLoader.of(loader));
    TypePool types = TypePool.Default.of(locator);
    TypeDescription type = types.describe(name).resolve();
    if (type.isInterface()) {
      return null;
    }
    boolean callable = majorVersion(classFile) >= FIRST_WITH_INVOKEDYNAMIC;
    DynamicType.Builder<?> builder = byteBuddy.decorate(type, locator);
    boolean changed = false;
    for (RuleIndex.Entry entry : entries) {
      if (entry.rule.inlined || (callable && references.hold(entry.library, loader, types))) {
        for (TypeRule.Weaving weaving : entry.rule.weavings) {
          builder =
              builder.visit(
                  advices.advice(weaving.advice, entry.rule.inlined, locator).on(weaving.methods));
          changed = true;
        }
      }
    }
    return changed ? builder.make().getBytes() : null;
  }

  private static int majorVersion(byte[] classFile) {
    return (classFile[6] & 0xff) << 8 | (classFile[7] & 0xff);
  }
}
