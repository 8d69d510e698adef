/** Reads the bodies that kubectl create sends: Kubernetes objects in protobuf. Nothing is written in it. */
@NullMarked
package dev.sluice.kubeapi.protobuf;

import org.jspecify.annotations.NullMarked;
