package dev.sextant.agent.instrumentation.logback;

import static net.bytebuddy.matcher.ElementMatchers.named;
import static net.bytebuddy.matcher.ElementMatchers.takesArguments;

import dev.sextant.agent.core.weave.LibraryInstrumentation;
import dev.sextant.agent.core.weave.TypeRule;
import java.util.Collections;
import java.util.List;

/** Every event that passed its logger's level goes through {@code Logger.callAppenders}. */
public final class LogbackInstrumentation implements LibraryInstrumentation {
  @Override
  public String name() {
    return "logback";
  }

  @Override
  public List<TypeRule> rules() {
    return Collections.singletonList(
        TypeRule.named("ch.qos.logback.classic.Logger")
            .advise(
                named("callAppenders").and(takesArguments(1)),
                "dev.sextant.agent.instrumentation.logback.CallAppendersAdvice"));
  }
}
