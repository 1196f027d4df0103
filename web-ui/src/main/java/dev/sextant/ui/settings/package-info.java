/** What a user chooses, and what the server says about itself. */
@NullMarked
package dev.sextant.ui.settings;

import org.jspecify.annotations.NullMarked;
