package dev.sextant.agent.instrumentation.httpurlconnection;

import static net.bytebuddy.matcher.ElementMatchers.isPublic;
import static net.bytebuddy.matcher.ElementMatchers.named;
import static net.bytebuddy.matcher.ElementMatchers.namedOneOf;
import static net.bytebuddy.matcher.ElementMatchers.takesNoArguments;

import dev.sextant.agent.core.weave.LibraryInstrumentation;
import dev.sextant.agent.core.weave.TypeRule;
import java.util.Arrays;
import java.util.List;

/** The three methods through which a connection may open, in the classes that do the work. */
public final class HttpUrlConnectionInstrumentation implements LibraryInstrumentation {
  private static final String PACKAGE = "dev.sextant.agent.instrumentation.httpurlconnection.";

  @Override
  public String name() {
    return "http-url-connection";
  }

  @Override
  public List<TypeRule> rules() {
    return Arrays.asList(
        TypeRule.named("sun.net.www.protocol.http.HttpURLConnection")
            .advise(
                namedOneOf("connect", "getOutputStream").and(takesNoArguments()).and(isPublic()),
                PACKAGE + "ConnectAdvice")
            .advise(
                named("getInputStream").and(takesNoArguments()).and(isPublic()),
                PACKAGE + "GetInputStreamAdvice"),
        TypeRule.named("sun.net.www.protocol.https.AbstractDelegateHttpsURLConnection")
            .advise(
                named("connect").and(takesNoArguments()).and(isPublic()),
                PACKAGE + "ConnectAdvice"));
  }
}
