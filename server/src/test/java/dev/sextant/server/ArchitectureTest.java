package dev.sextant.server;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Which module may see which; the map is in docs/architecture.md. */
class ArchitectureTest {
  private static final String STORAGE = "dev.sextant.storage..";
  private static final String TRACE = "dev.sextant.trace..";
  private static final String TRACE_MODEL = "dev.sextant.trace.model..";
  private static final String LOG = "dev.sextant.log..";
  private static final String METRICS_MODEL = "dev.sextant.metrics.model..";
  private static final String METRICS = "dev.sextant.metrics..";
  private static final String COLLECTOR = "dev.sextant.collector..";
  private static final String PROMQL = "dev.sextant.promql..";
  private static final String TRACEQL = "dev.sextant.traceql..";
  private static final String ALERTING = "dev.sextant.alerting..";
  private static final String API = "dev.sextant.api..";
  private static final String UI = "dev.sextant.ui..";
  private static final String SERVER = "dev.sextant.server..";

  private static JavaClasses classes;

  @BeforeAll
  static void readClasses() {
    classes =
        new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("dev.sextant");
  }

  private static void check(ArchRule rule) {
    rule.check(classes);
  }

  private static ArchRule never(String from, String... to) {
    return noClasses()
        .that()
        .resideInAPackage(from)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(to);
  }

  @Test
  void storageKit_usesNothingOfOurs() {
    check(
        never(STORAGE, TRACE, LOG, METRICS, COLLECTOR, PROMQL, TRACEQL, ALERTING, API, UI, SERVER));
  }

  @Test
  void stores_useStorageKitOnly() {
    check(never(TRACE, LOG, METRICS, COLLECTOR, PROMQL, TRACEQL, ALERTING, API, UI, SERVER));
    check(never(LOG, TRACE, METRICS, COLLECTOR, PROMQL, TRACEQL, ALERTING, API, UI, SERVER));
    check(never(METRICS, TRACE, LOG, COLLECTOR, PROMQL, TRACEQL, ALERTING, API, UI, SERVER));
  }

  @Test
  void metricsModel_usesNothingOfOurs() {
    check(
        never(
            METRICS_MODEL,
            STORAGE,
            TRACE,
            LOG,
            COLLECTOR,
            PROMQL,
            TRACEQL,
            ALERTING,
            API,
            UI,
            SERVER));
    check(
        noClasses()
            .that()
            .resideInAPackage(METRICS_MODEL)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("dev.sextant.metrics", "dev.sextant.metrics.embedded.."));
  }

  @Test
  void traceModel_usesNothingOfOurs() {
    check(
        never(
            TRACE_MODEL,
            STORAGE,
            LOG,
            METRICS,
            COLLECTOR,
            PROMQL,
            TRACEQL,
            ALERTING,
            API,
            UI,
            SERVER,
            "dev.sextant.trace",
            "dev.sextant.trace.elasticsearch.."));
  }

  @Test
  void collectorAndQueryApi_neverSeeEachOther() {
    check(never(COLLECTOR, PROMQL, TRACEQL, ALERTING, API, UI, SERVER));
    check(never(API, COLLECTOR, UI, SERVER));
  }

  @Test
  void promql_standsOnTheMetricsModelAlone() {
    check(
        never(
            PROMQL,
            STORAGE,
            TRACE,
            LOG,
            COLLECTOR,
            ALERTING,
            API,
            UI,
            SERVER,
            "dev.sextant.metrics"));
  }

  @Test
  void traceql_standsOnTheTraceModelAlone() {
    check(
        never(
            TRACEQL,
            STORAGE,
            METRICS,
            LOG,
            COLLECTOR,
            PROMQL,
            ALERTING,
            API,
            UI,
            SERVER,
            "dev.sextant.trace",
            "dev.sextant.trace.elasticsearch.."));
  }

  @Test
  void alerting_asksThroughItsOwnInterface() {
    check(never(ALERTING, STORAGE, TRACE, LOG, COLLECTOR, PROMQL, API, UI, SERVER));
  }

  @Test
  void webUi_seesTheQueryApiOnly() {
    check(never(UI, COLLECTOR, STORAGE, SERVER));
  }

  @Test
  void vaadin_staysInTheWebUi() {
    check(
        noClasses()
            .that()
            .resideOutsideOfPackages(UI)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("com.vaadin..", "org.eclipse.jetty.."));
  }

  @Test
  void http_staysInCollectorApiAndServer() {
    check(
        noClasses()
            .that()
            .resideInAnyPackage(STORAGE, TRACE, LOG, METRICS, PROMQL, TRACEQL, ALERTING)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("com.linecorp.armeria.."));
  }

  @Test
  void packagesOfTheServer_haveNoCycles() {
    check(slices().matching("dev.sextant.server.(*)..").should().beFreeOfCycles());
  }
}
