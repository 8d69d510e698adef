/** Access to the upstream server: checksums, downloads, credentials and signature verification. */
@NullMarked
package dev.sluice.examples.release.upstream;

import org.jspecify.annotations.NullMarked;
