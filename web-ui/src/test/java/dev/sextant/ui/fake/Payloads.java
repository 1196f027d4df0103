package dev.sextant.ui.fake;

import java.util.ArrayList;
import java.util.List;

/**
 * Two hundred texts that run {@code hack(number)} where a page reads them as HTML, as a script or
 * as a script's address.
 */
public final class Payloads {
  private static final List<String> VECTORS =
      List.of(
          "<script>hack(%d)</script>",
          "<img src=x onerror=hack(%d)>",
          "<svg onload=hack(%d)>",
          "<svg><script>hack(%d)</script></svg>",
          "<svg><animate onbegin=hack(%d) attributeName=x dur=1s>",
          "<body onload=hack(%d)>",
          "<iframe src=\"javascript:parent.hack(%d)\"></iframe>",
          "<iframe srcdoc=\"<script>parent.hack(%d)</script>\"></iframe>",
          "<input autofocus onfocus=hack(%d)>",
          "<select autofocus onfocus=hack(%d)>",
          "<textarea autofocus onfocus=hack(%d)>",
          "<details open ontoggle=hack(%d)>",
          "<video><source onerror=hack(%d)></video>",
          "<audio src=x onerror=hack(%d)>",
          "<object data=\"javascript:hack(%d)\"></object>",
          "<embed src=\"javascript:hack(%d)\">",
          "<a href=\"javascript:hack(%d)\">x</a>",
          "<form action=\"javascript:hack(%d)\"><button autofocus>x</button></form>",
          "<math><mtext><img src=x onerror=hack(%d)></mtext></math>",
          "<style>@import 'javascript:hack(%d)';</style>",
          "<link rel=stylesheet href=\"javascript:hack(%d)\">",
          "<meta http-equiv=refresh content=\"0;url=javascript:hack(%d)\">",
          "<base href=\"javascript:hack(%d)//\">",
          "<template><img src=x onerror=hack(%d)></template>",
          "<marquee onstart=hack(%d)>x</marquee>",
          "<div style=\"background:url('javascript:hack(%d)')\">x</div>",
          "<p onpointerover=hack(%d)>x</p>",
          "<custom-element onclick=hack(%d) tabindex=0 autofocus>x",
          "javascript:hack(%d)",
          "JaVaScRiPt:hack(%d)",
          "java\tscript:hack(%d)",
          " javascript:hack(%d)",
          "javascript://example.com/%%0ahack(%d)",
          "data:text/html,<script>hack(%d)</script>",
          "vbscript:hack(%d)",
          "https://example.com/\"onmouseover=hack(%d) x=\"",
          "'-hack(%d)-'",
          "${hack(%d)}",
          "{{constructor.constructor('hack(%d)')()}}",
          "<!--><img src=x onerror=hack(%d)>-->");

  /** What may stand before it and after, to break out of the place where the text stands. */
  private static final List<String[]> FRAMES =
      List.of(
          new String[] {"", ""},
          new String[] {"\">", "<\""},
          new String[] {"'>", "<'"},
          new String[] {"</script></title></textarea>", ""},
          new String[] {"]]>-->", "\u0000"});

  private Payloads() {}

  /** All of them; the number that each runs is its place in the list. */
  public static List<String> all() {
    List<String> all = new ArrayList<>();
    for (String[] frame : FRAMES) {
      for (String vector : VECTORS) {
        all.add(frame[0] + vector.formatted(all.size()) + frame[1]);
      }
    }
    return all;
  }
}
