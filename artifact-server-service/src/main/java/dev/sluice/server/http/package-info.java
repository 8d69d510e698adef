/** The requests for artifacts and their answers. */
@NullMarked
package dev.sluice.server.http;

import org.jspecify.annotations.NullMarked;
