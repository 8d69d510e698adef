/** TLS with certificates and keys from PEM files, reloaded when they change. */
@NullMarked
package dev.sluice.artifact.tls;

import org.jspecify.annotations.NullMarked;
