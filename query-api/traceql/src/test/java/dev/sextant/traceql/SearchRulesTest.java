package dev.sextant.traceql;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Rule by rule, on {@link Shop}: which spans a query finds. */
class SearchRulesTest {
  @ParameterizedTest
  @CsvSource(
      delimiterString = "=>",
      quoteCharacter = '\0',
      textBlock =
          """
          {}                                     => abcde fghi jklm
          { true }                               => abcde fghi jklm
          { false }                              => ''
          { name = "cart" }                      => bc
          { name != "cart" && .code != nil }     => de
          { .code = 500 }                        => c
          { .code = "500" }                      => e
          { .code != 500 }                       => d
          { .code != "x" }                       => e
          { .code > 200 }                        => c
          { .code = 200.0 }                      => d
          { .code >= 200ns }                     => cd
          { 300 > .code }                        => d
          { .code = nil && name = "cart" }       => b
          { .none = nil && kind = client }       => b
          { .none != nil }                       => ''
          { .none != 1 }                         => ''
          { .none !~ "x" }                       => ''
          { .flag }                              => c
          { .flag = false }                      => e
          { .flag != true }                      => e
          { .flag || name = "query" }            => c
          { name = "query" || .flag }            => cd
          { status = error }                     => c
          { status != error && kind = server }   => a f
          { kind = client }                      => b
          { duration > 50ms }                    => a f
          { duration = 50000000 }                => b
          { traceDuration >= 1s }                => fghi
          { rootName = "GET /" && name = "pay" } => e
          { rootServiceName = "db" }             => jklm
          { statusMessage = "no cart" }          => c
          { name =~ "ca.*" }                     => bc
          { name =~ "ca" }                       => ''
          { name !~ "l.+|c.+" && kind = client } => ''
          { name > "pay" && name < "query!" }    => d
          { .tags = "x" }                        => b
          { .tags = "z" }                        => ''
          { .tags != "z" }                       => b
          { .tags != "x" }                       => ''
          { "y" = .tags }                        => b
          { .tags =~ "x|z" }                     => b
          { .tags !~ "x|z" }                     => ''
          { .zone = "eu" }                       => c
          { resource.zone = "eu" }               => c
          { span.zone = "eu" }                   => ''
          { .type = "IOException" }              => c
          { event.type = "IOException" }         => c
          { event:name = "retry" }               => c g
          { event:name != "retry" }              => c
          { event.type = nil }                   => c g
          { event.type != nil }                  => c
          { link.x = nil }                       => e
          { event:timeSinceStart > 5ms }         => c
          { link:traceID =~ ".*2" }              => e
          { trace:id = "2" && kind = server }    => f
          { trace:id = "0002" && kind = server } => f
          { trace:id != "1" && kind = server }   => f
          { span:id = "0000000000000064" }       => d
          { span:parentID = "0000000000000063" } => d
          { span:childCount = 2 }                => a j
          { span:childCount > 0 }                => abc fh j
          { instrumentation:name = "io.http" }   => c
          { nestedSetParent < 0 }                => a f jm
          { nestedSetLeft = 0 }                  => hi
          { nestedSetLeft = 1 }                  => a f j
          { .code + 100 = 300 }                  => d
          { .code / 3 = 66 }                     => d
          { .ratio * 2 = 1 }                     => d
          { .ratio / 0 > 1 }                     => ''
          { duration * 2 > traceDuration }       => a f jm
          { -.ratio = -0.5 }                     => d
          { .code % 3 = 2 }                      => cd
          { .ratio ^ 2 = 0.25 }                  => d
          { duration > .code && kind = server }  => c
          { resource.service.name = name }       => c
          { !(name = "cart") && duration<100ms } => de ghi jklm
          """)
  void filter(String query, String found) {
    assertThat(Shop.found(query)).isEqualTo(found.equals("''") ? "" : found);
  }

  @ParameterizedTest
  @CsvSource(
      delimiterString = "=>",
      quoteCharacter = '\0',
      textBlock =
          """
          { name = "cart" } && { name = "pay" }      => bce
          { name = "cart" } && { name = "job" }      => ''
          { name = "cart" } || { name = "job" }      => bc f
          { name = "GET /" } > {}                    => be
          { name = "GET /" } >> {}                   => bcde
          { kind = server } >> { kind = internal }   => de g
          {} > { name = "query" }                    => d
          { name = "query" } < {}                    => c
          { name = "query" } << {}                   => abc
          { name = "pay" } ~ {}                      => b
          {} ~ {}                                    => be kl
          { name = "leaf" } ~ { name = "leaf" }      => kl
          { name = "root" } ~ {}                     => ''
          {} >> {}                                   => bcde g kl
          {} << {}                                   => abc f j
          {} !>> {}                                  => a fhi jm
          {} !> {}                                   => a fhi jm
          {} !<< {}                                  => de ghi klm
          {} !< {}                                   => de ghi klm
          {} !~ {}                                   => acd fghi jm
          { name = "late" } > {}                     => ''
          { name = "late" } !> { name = "later" }    => i
          { name = "none" } !>> { kind = server }    => ac f
          { kind = server } &> { kind = internal }   => acde fg
          { name = "GET /" } &>> { name = "query" }  => ad
          { name = "query" } &< {}                   => cd
          { name = "query" } &<< { kind = server }   => acd
          { name = "pay" } &~ {}                     => be
          { kind=server } > { kind=client } > {}     => c
          { name="GET /" } > ({ name="cart" } > {})  => ''
          { kind=client } >> {} | { .code != nil }   => cd
          """)
  void structure(String query, String found) {
    assertThat(Shop.found(query)).isEqualTo(found.equals("''") ? "" : found);
  }

  @ParameterizedTest
  @CsvSource(
      delimiterString = "=>",
      quoteCharacter = '\0',
      textBlock =
          """
          {} | count() > 4                           => abcde
          count() = 4                                => fghi jklm
          {} | { kind = server }                     => ac f
          {} | by(resource.service.name)             => abe|c|d fg|hi jklm
          {} | by(.none)                             => abcde fghi jklm
          {} | by(kind) | count() > 1                => ac|de ghi jklm
          {} | by(kind) | by(resource.service.name)  => a|c|b|d|e f|g|hi jklm
          {} | by(kind) | coalesce()                 => abcde fghi jklm
          {} | by(name) | { kind = server }          => a|c f
          {} | by(name) | {} ~ {}                    => kl
          {} | avg(duration) > 50ms                  => fghi
          {} | max(duration) = 100ms                 => abcde
          {} | min(duration) < 5ms                   => jklm
          {} | sum(duration) = 220ms                 => abcde
          {} | avg(.code) = 350                      => abcde
          {} | sum(.code) = 700                      => abcde
          {} | max(.ratio) = 0.5                     => abcde
          {} | min(.none) != 7                       => ''
          {} | select(.code, span.zone)              => abcde fghi jklm
          ({} | count() > 4) && ({ kind = server })  => abcde
          ({} | count() > 4) >> ({ .code > 0 })      => cd
          ({} | by(kind)) >> ({})                    => bcde g kl
          ({ kind = server }) && ({} | by(name))     => abcde fghi
          ({} | by(name) | count() > 1) || { .none } => bc jklm
          """)
  void pipeline(String query, String found) {
    assertThat(Shop.found(query)).isEqualTo(found.equals("''") ? "" : found);
  }

  /** Whether or not a source leaves out what a condition beside it does not need. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "{ 1 / (.code - 500) = 1 }",
        "{ .code % (.code - 200) = 1 && name = \"pay\" }",
        "{ name = \"pay\" && 1 / (.code - .code) != 1 }",
        "{ .tags = .tags }",
        "{ .tags != .tags && name = \"pay\" }"
      })
  void divisionByZeroAndTwoLists_satisfyNothing(String query) {
    assertThat(Shop.found(query)).isEmpty();
  }

  @Test
  void aLongPipeline_isCompiledAndRun() {
    StringBuilder query = new StringBuilder("{ name = \"pay\" }");
    for (int i = 0; i < 10_000; i++) {
      query.append("|{.x").append(i).append("}");
    }
    assertThat(Shop.found(query.toString())).isEmpty();
    assertThat(Shop.found("{ name = \"pay\" }" + "|{.x=nil}".repeat(10_000))).isEqualTo("e");
  }
}
