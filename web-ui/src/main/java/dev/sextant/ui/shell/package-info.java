/** The frame around every page: navigation, texts, head, and the base class of pages. */
@NullMarked
package dev.sextant.ui.shell;

import org.jspecify.annotations.NullMarked;
