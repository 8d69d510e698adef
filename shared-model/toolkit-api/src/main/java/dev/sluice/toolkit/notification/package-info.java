/**
 * The kinds of {@code notification.toolkit.fluxcd.io}, as published by notification-controller v1.9: Receiver in {@code
 * v1}, Provider and Alert in {@code v1beta3}.
 */
@NullMarked
package dev.sluice.toolkit.notification;

import org.jspecify.annotations.NullMarked;
