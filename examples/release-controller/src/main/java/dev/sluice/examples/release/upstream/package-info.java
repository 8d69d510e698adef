/** The upstream server: checksums, downloads, credentials, and the place for verifiers of signatures. */
@NullMarked
package dev.sluice.examples.release.upstream;

import org.jspecify.annotations.NullMarked;
