/** What this process is and has received. */
@NullMarked
package dev.sextant.api.status;

import org.jspecify.annotations.NullMarked;
