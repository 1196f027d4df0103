package dev.sextant.storage.block;

/**
 * What a block's terms must hold: a term with this text in it.
 *
 * @param before whether the term may have more before the text
 * @param after whether the term may have more behind the text
 */
public record TermMatch(String text, boolean before, boolean after) {
  public static TermMatch exact(String term) {
    return new TermMatch(term, false, false);
  }
}
