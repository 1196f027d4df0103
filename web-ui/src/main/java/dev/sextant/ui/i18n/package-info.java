/** The dashboard's words, for Flow and for the client components alike. */
@NullMarked
package dev.sextant.ui.i18n;

import org.jspecify.annotations.NullMarked;
