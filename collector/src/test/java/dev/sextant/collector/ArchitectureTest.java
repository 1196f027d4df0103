package dev.sextant.collector;

import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpMessage;
import com.linecorp.armeria.common.stream.StreamMessage;
import com.linecorp.armeria.server.HttpService;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import dev.sextant.collector.http.BoundedService;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
  private static final JavaClasses OURS =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("dev.sextant.collector");

  @Test
  void onlyTheHttpPackage_readsBodies() {
    noClasses()
        .that()
        .resideOutsideOfPackage("dev.sextant.collector.http")
        .should()
        .callMethodWhere(
            target(owner(assignableTo(HttpMessage.class).or(assignableTo(StreamMessage.class))))
                .and(
                    target(
                        nameMatching(
                            "aggregate.*|subscribe.*|collect.*|map.*|peek.*|fold.*|toDuplicator"))))
        .orShould()
        .callMethodWhere(
            target(owner(assignableTo(HttpData.class)))
                .and(target(nameMatching("array|byteBuf|toInputStream|toReader|toString.*"))))
        .because("BoundedBody alone holds every bound on bodies")
        .check(OURS);
  }

  @Test
  void everyService_isBounded() {
    classes()
        .that()
        .implement(HttpService.class)
        .and()
        .areNotInterfaces()
        .should()
        .implement(BoundedService.class)
        .check(OURS);
  }

  @Test
  void packages_haveNoCycles() {
    slices().matching("dev.sextant.collector.(*)..").should().beFreeOfCycles().check(OURS);
  }
}
