package dev.sextant.api.prometheus;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sextant.api.TestApi;
import dev.sextant.promql.PromOptions;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code parse_query}: every kind of node. */
class PromTreeTest {
  @TempDir static Path dir;
  private static TestApi api;

  @BeforeAll
  static void start() {
    api = new TestApi(dir, new TestApi.Options().language(PromOptions.EXPERIMENTAL));
  }

  @AfterAll
  static void close() {
    api.close();
  }

  private static final String NAME_MATCHER = "{'name':'__name__','value':'x','type':'='}";
  private static final String PLAIN =
      "'offset':0,'offsetExpr':null,'timestamp':null,'startOrEnd':null,"
          + "'anchored':false,'smoothed':false}";
  private static final String X =
      "{'type':'vectorSelector','name':'x','matchers':[" + NAME_MATCHER + "]," + PLAIN;
  private static final String X_FUNCTION =
      "'argTypes':['vector'],'variadic':0,'returnType':'vector'},'args':[" + X + "]}";

  private static void assertTree(String query, String tree) {
    var answer =
        api.post(
            "/api/v1/parse_query", "query=" + URLEncoder.encode(query, StandardCharsets.UTF_8));

    assertThat(answer.json().at("/data").toString().replace('"', '\''))
        .isEqualTo(tree.replace("$X", X));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '^',
      value = {
        "1.50 | {'type':'numberLiteral','val':'1.5'}",
        "Inf | {'type':'numberLiteral','val':'+Inf'}",
        "\"a b\" | {'type':'stringLiteral','val':'a b'}",
        "(1) | {'type':'parenExpr','expr':{'type':'numberLiteral','val':'1'}}",
        "-x | {'type':'unaryExpr','op':'-','expr':$X}",
        "x | $X",
        "topk by (a, b) (3, x) | {'type':'aggregation','op':'topk','expr':$X,'param':{'type':'numberLiteral','val':'3'},'grouping':['a','b'],'without':false}",
        "sum without () (x) | {'type':'aggregation','op':'sum','expr':$X,'param':null,'grouping':[],'without':true}",
        "1 > bool 2 | {'type':'binaryExpr','op':'>','lhs':{'type':'numberLiteral','val':'1'},'rhs':{'type':'numberLiteral','val':'2'},'bool':true,'matching':null}",
        "x / on (a) group_left (b) x | {'type':'binaryExpr','op':'/','lhs':$X,'rhs':$X,'bool':false,'matching':{'card':'many-to-one','labels':['a'],'on':true,'include':['b'],'fillValues':{'lhs':null,'rhs':null}}}",
        "x + fill_right (2.5) x | {'type':'binaryExpr','op':'+','lhs':$X,'rhs':$X,'bool':false,'matching':{'card':'one-to-one','labels':[],'on':false,'include':[],'fillValues':{'lhs':null,'rhs':2.5}}}",
        "x and x | {'type':'binaryExpr','op':'and','lhs':$X,'rhs':$X,'bool':false,'matching':{'card':'many-to-many','labels':[],'on':false,'include':[],'fillValues':{'lhs':null,'rhs':null}}}",
      })
  void tree_ofExpressions(String query, String tree) {
    assertTree(query, tree);
  }

  @Test
  void tree_ofACall_hasTheSignature() {
    assertTree("abs(x)", "{'type':'call','func':{'name':'abs'," + X_FUNCTION);
    assertTree(
        "round(x)",
        "{'type':'call','func':{'name':'round','argTypes':['vector','scalar'],'variadic':1,"
            + "'returnType':'vector'},'args':[$X]}");
  }

  @Test
  void tree_ofASelector_hasItsModifiers() {
    assertTree(
        "x{a=~\"b.*\"} offset 1m30s @ 10.5",
        "{'type':'vectorSelector','name':'x','matchers':[{'name':'a','value':'b.*','type':'=~'},"
            + NAME_MATCHER
            + "],'offset':90000,'offsetExpr':null,'timestamp':10500,'startOrEnd':null,"
            + "'anchored':false,'smoothed':false}");
    assertTree(
        "x[5m] anchored @ end() offset -1s",
        "{'type':'matrixSelector','range':300000,'rangeExpr':null,'name':'x','matchers':["
            + NAME_MATCHER
            + "],'offset':-1000,'offsetExpr':null,'timestamp':null,'startOrEnd':'end',"
            + "'anchored':true,'smoothed':false}");
  }

  @Test
  void tree_ofASubquery_hasItsStep() {
    assertTree(
        "x[1h:] @ start()",
        "{'type':'subquery','expr':$X,'range':3600000,'rangeExpr':null,'step':0,'stepExpr':null,"
            + "'offset':0,'offsetExpr':null,'timestamp':null,'startOrEnd':'start'}");
  }

  @Test
  void tree_ofDurationArithmetic_isATreeToo() {
    assertTree(
        "x[(step() + 5m) * 2]",
        "{'type':'matrixSelector','range':0,'rangeExpr':{'type':'durationExpr','op':'*',"
            + "'lhs':{'type':'durationExpr','op':'+',"
            + "'lhs':{'type':'durationExpr','op':'step','lhs':null,'rhs':null,'wrapped':false},"
            + "'rhs':{'type':'numberLiteral','val':'300','duration':true},'wrapped':true},"
            + "'rhs':{'type':'numberLiteral','val':'2','duration':false},'wrapped':false},"
            + "'name':'x','matchers':["
            + NAME_MATCHER
            + "],"
            + PLAIN);
    assertTree(
        "x offset -min_of(range(), 1)",
        "{'type':'vectorSelector','name':'x','matchers':["
            + NAME_MATCHER
            + "],'offset':0,'offsetExpr':{'type':'durationExpr','op':'-','lhs':null,'rhs':"
            + "{'type':'durationExpr','op':'min_of',"
            + "'lhs':{'type':'durationExpr','op':'range','lhs':null,'rhs':null,'wrapped':false},"
            + "'rhs':{'type':'numberLiteral','val':'1','duration':false},'wrapped':false},"
            + "'wrapped':false},'timestamp':null,'startOrEnd':null,"
            + "'anchored':false,'smoothed':false}");
  }

  @Test
  void tree_ofWhatDoesNotParse_isBadData() {
    var answer = api.get("/api/v1/parse_query?query=x(");

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.json().at("/error").asText()).startsWith("invalid parameter \"query\": 1:");
  }
}
