package dev.sextant.ui.shell;

import static org.assertj.core.api.Assertions.assertThat;

import com.vaadin.flow.router.Route;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class RoutesTest {
  private static final Path SOURCES = Path.of("src/main/java");

  @Test
  void all_namesEveryPageThereIs() throws IOException {
    try (Stream<Path> files = Files.walk(SOURCES)) {
      List<String> views =
          files
              .filter(file -> file.toString().endsWith("View.java"))
              .map(file -> SOURCES.relativize(file).toString())
              .map(name -> name.replace(".java", "").replace('/', '.'))
              .toList();

      assertThat(Arrays.stream(Routes.all()).map(Class::getName))
          .containsExactlyInAnyOrderElementsOf(views);
    }
  }

  @Test
  void all_areAnnotatedPagesInsideTheLayout() {
    assertThat(Routes.all())
        .allSatisfy(
            type -> {
              assertThat(type).matches(Page.class::isAssignableFrom);
              assertThat(type.getAnnotation(Route.class).layout()).isEqualTo(MainLayout.class);
            });
  }
}
