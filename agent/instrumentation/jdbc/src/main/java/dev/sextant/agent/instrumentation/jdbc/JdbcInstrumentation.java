package dev.sextant.agent.instrumentation.jdbc;

import static net.bytebuddy.matcher.ElementMatchers.isAbstract;
import static net.bytebuddy.matcher.ElementMatchers.named;
import static net.bytebuddy.matcher.ElementMatchers.namedOneOf;
import static net.bytebuddy.matcher.ElementMatchers.not;
import static net.bytebuddy.matcher.ElementMatchers.takesArgument;
import static net.bytebuddy.matcher.ElementMatchers.takesArguments;
import static net.bytebuddy.matcher.ElementMatchers.takesNoArguments;

import dev.sextant.agent.core.weave.LibraryInstrumentation;
import dev.sextant.agent.core.weave.TypeRule;
import java.util.Arrays;
import java.util.List;
import net.bytebuddy.description.method.MethodDescription;
import net.bytebuddy.matcher.ElementMatcher;

/** Weaves the drivers' own classes; the wrappers of connection pools are left alone. */
public final class JdbcInstrumentation implements LibraryInstrumentation {
  private static final String PACKAGE = "dev.sextant.agent.instrumentation.jdbc.";
  private static final String[] WRAPPERS = {
    "com.zaxxer.hikari.",
    "org.apache.tomcat.jdbc.",
    "org.apache.tomcat.dbcp.",
    "org.apache.commons.dbcp",
    "com.mchange.v2.",
    "com.alibaba.druid.",
    "io.agroal.",
    "org.jboss.jca.",
    "org.apache.shardingsphere.",
    "org.springframework.",
    "oracle.ucp.",
    "net.ttddyy.",
    "com.p6spy."
  };

  @Override
  public String name() {
    return "jdbc";
  }

  @Override
  public List<TypeRule> rules() {
    ElementMatcher.Junction<MethodDescription> executes =
        namedOneOf("execute", "executeQuery", "executeUpdate", "executeLargeUpdate");
    ElementMatcher.Junction<MethodDescription> prepares =
        namedOneOf("prepareStatement", "prepareCall");
    ElementMatcher.Junction<MethodDescription> text =
        not(isAbstract()).and(takesArgument(0, String.class));
    ElementMatcher.Junction<MethodDescription> bare = not(isAbstract()).and(takesNoArguments());
    return Arrays.asList(
        TypeRule.subtypesOf("java.sql.Driver", "Driver")
            .except(WRAPPERS)
            .advise(named("connect").and(text).and(takesArguments(2)), PACKAGE + "ConnectAdvice"),
        TypeRule.subtypesOf("java.sql.Connection", "Connection")
            .except(WRAPPERS)
            .advise(prepares.and(text), PACKAGE + "PrepareAdvice"),
        TypeRule.subtypesOf("java.sql.Statement", "Statement")
            .except(WRAPPERS)
            .advise(executes.and(text), PACKAGE + "ExecuteTextAdvice")
            .advise(
                namedOneOf("executeBatch", "executeLargeBatch").and(bare),
                PACKAGE + "ExecuteBatchAdvice")
            .advise(named("addBatch").and(text), PACKAGE + "AddTextToBatchAdvice")
            .advise(named("clearBatch").and(bare), PACKAGE + "ClearBatchAdvice")
            .advise(named("close").and(bare), PACKAGE + "CloseAdvice"),
        TypeRule.subtypesOf("java.sql.PreparedStatement", "Statement")
            .except(WRAPPERS)
            .advise(executes.and(bare), PACKAGE + "ExecutePreparedAdvice")
            .advise(named("addBatch").and(bare), PACKAGE + "AddToBatchAdvice"));
  }
}
