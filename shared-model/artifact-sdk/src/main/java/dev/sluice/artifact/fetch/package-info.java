/** Downloading artifacts over HTTP with retries and digest check. */
@NullMarked
package dev.sluice.artifact.fetch;

import org.jspecify.annotations.NullMarked;
