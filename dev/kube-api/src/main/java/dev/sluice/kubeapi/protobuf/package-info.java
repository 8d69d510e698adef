/** Decodes the protobuf bodies of {@code kubectl create}. Encoding is not supported. */
@NullMarked
package dev.sluice.kubeapi.protobuf;

import org.jspecify.annotations.NullMarked;
