package dev.sextant.agent.instrumentation.javahttpclient;

import static net.bytebuddy.matcher.ElementMatchers.named;
import static net.bytebuddy.matcher.ElementMatchers.takesArgument;
import static net.bytebuddy.matcher.ElementMatchers.takesArguments;

import dev.sextant.agent.core.weave.LibraryInstrumentation;
import dev.sextant.agent.core.weave.TypeRule;
import java.util.Collections;
import java.util.List;

/**
 * {@code send} and both public {@code sendAsync} of JDK 11 to 25 meet in one private {@code
 * sendAsync} of four arguments.
 */
public final class JavaHttpClientInstrumentation implements LibraryInstrumentation {
  @Override
  public String name() {
    return "java-http-client";
  }

  @Override
  public List<TypeRule> rules() {
    return Collections.singletonList(
        TypeRule.named("jdk.internal.net.http.HttpClientImpl")
            .advise(
                named("sendAsync")
                    .and(takesArguments(4))
                    .and(takesArgument(0, named("java.net.http.HttpRequest"))),
                "dev.sextant.agent.instrumentation.javahttpclient.SendAdvice"));
  }
}
