import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/**
 * Reads every module's Surefire reports, lists what was skipped with its reason and closes with one line of counts.
 * With {@code CI=true} a skip that {@code .ci/allowed-skips.txt} does not list fails.
 */
final class TestSummary {
  private int run;
  private int failed;
  private final Map<String, String> skipped = new TreeMap<>();
  private final List<String> failures = new ArrayList<>();

  public static void main(String[] args) throws Exception {
    Path root = Path.of(args[0]);
    TestSummary summary = new TestSummary();
    summary.readAll(root);
    System.exit(summary.print(allowed(root.resolve(".ci/allowed-skips.txt"))));
  }

  private void readAll(Path root) throws Exception {
    DocumentBuilder parser = DocumentBuilderFactory.newInstance().newDocumentBuilder();
    try (Stream<Path> files = Files.walk(root)) {
      for (Path file : files.filter(TestSummary::isReport).sorted().toList()) {
        read(parser.parse(file.toFile()).getDocumentElement());
      }
    }
  }

  private static boolean isReport(Path file) {
    return file.getParent().endsWith(Path.of("target", "surefire-reports"))
        && file.getFileName().toString().matches("TEST-.*\\.xml");
  }

  private void read(Element suite) {
    NodeList cases = suite.getElementsByTagName("testcase");
    for (int i = 0; i < cases.getLength(); i++) {
      Element each = (Element) cases.item(i);
      String method = each.getAttribute("name").replaceAll("[({\\[].*", "");
      String simpleClass = each.getAttribute("classname").replaceAll(".*\\.", "");
      String name = method.isEmpty() ? simpleClass : simpleClass + "#" + method;
      NodeList skip = each.getElementsByTagName("skipped");
      if (skip.getLength() > 0) {
        String reason = ((Element) skip.item(0)).getAttribute("message");
        skipped.put(name, reason.lines().findFirst().orElse("no reason given"));
        continue;
      }
      run++;
      if (each.getElementsByTagName("failure").getLength()
              + each.getElementsByTagName("error").getLength()
          > 0) {
        failed++;
        failures.add(name);
      }
    }
  }

  private int print(List<String> allowed) {
    List<String> unlisted =
        skipped.keySet().stream()
            .filter(name -> !allowed.contains(name) && !allowed.contains(name.replaceAll("#.*", "")))
            .toList();
    if (!skipped.isEmpty()) {
      System.out.println("\nSkipped:");
      skipped.forEach((name, reason) -> System.out.printf("  %s: %s%n", name, reason));
    }
    if (!failures.isEmpty()) {
      System.out.println("\nFailed:");
      failures.forEach(name -> System.out.println("  " + name));
    }
    boolean strict = "true".equals(System.getenv("CI")) && !unlisted.isEmpty();
    if (strict) {
      System.out.println(
          "\nUnder CI a skipped test must stand on .ci/allowed-skips.txt: " + unlisted);
    }
    System.out.printf(
        "%n%d passed, %d failed, %d skipped%n", run - failed, failed, skipped.size());
    return failed > 0 || run == 0 || strict ? 1 : 0;
  }

  private static List<String> allowed(Path file) throws IOException {
    return Files.readAllLines(file).stream()
        .filter(line -> !line.isBlank() && !line.startsWith("#"))
        .map(line -> line.split("[:\\s]+", 2)[0])
        .toList();
  }
}
