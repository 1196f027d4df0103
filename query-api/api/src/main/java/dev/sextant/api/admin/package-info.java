/** What changes or copies the process' own data. */
@NullMarked
package dev.sextant.api.admin;

import org.jspecify.annotations.NullMarked;
