package dev.sextant.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class WordsTest {
  @Test
  void words_areRunsOfLettersAndDigits() {
    assertThat(Words.list("get /api/v1/orders?id=8f3a  took 1.5ms!"))
        .containsExactly("get", "api", "v1", "orders", "id", "8f3a", "took", "1", "5ms");
    assertThat(Words.list("")).isEmpty();
    assertThat(Words.list("... --")).isEmpty();
  }

  @Test
  void ideographs_areWordsOfTheirOwn() {
    assertThat(Words.list("db连接超时x")).containsExactly("db", "连", "接", "超", "时", "x");
  }

  @Test
  void marks_staysWithTheirLetters() {
    assertThat(Words.list("e\u0301te\u0301")).containsExactly("e\u0301te\u0301");
  }

  @Test
  void fold_makesFormsOfOneLetterEqual() {
    assertThat(Words.fold("ÄRGER ΟΔΟΣ")).isEqualTo("ärger οδοσ");
  }

  @Test
  void digits_areToldOfEachWord() {
    List<Boolean> digits = new ArrayList<>();
    Words.visit("ab a1 12 b", (from, to, hasDigits) -> digits.add(hasDigits));
    assertThat(digits).containsExactly(false, true, true, false);
  }

  @Test
  void letterRuns_areCutAtDigits() {
    List<String> runs = new ArrayList<>();
    String text = "ab12cdé3";
    Words.visitLetterRuns(
        text, 0, text.length(), (from, to, none) -> runs.add(text.substring(from, to)));
    assertThat(runs).containsExactly("ab", "cdé");
  }
}
