package dev.sluice.reconciler.access;

import dev.sluice.controller.access.ServiceAccountUser;
import dev.sluice.toolkit.extensions.ArtifactGenerator;
import java.io.IOException;
import java.util.Objects;
import java.util.Optional;

/**
 * The service account that authorizes a generator's writes. It is always in the generator's namespace, so a
 * generator cannot use the permissions of another namespace's account.
 *
 * @param isExplicit whether the generator names it; otherwise it is the controller's default
 */
public record GeneratorAccount(ServiceAccountUser user, boolean isExplicit) {

    /**
     * Returns the generator's account.
     *
     * @param defaultAccount name of the account of generators that name none; empty for none
     * @throws IOException if the generator's account is not a valid name, which the schema excludes
     */
    public static Optional<GeneratorAccount> of(ArtifactGenerator generator, String defaultAccount) throws IOException {
        String name = nameOf(generator, defaultAccount);
        if (name.isEmpty()) {
            return Optional.empty();
        }
        try {
            ServiceAccountUser user = new ServiceAccountUser(generator.key().namespace(), name);
            return Optional.of(
                    new GeneratorAccount(user, !explicitName(generator).isEmpty()));
        } catch (IllegalArgumentException e) {
            throw new IOException("spec.serviceAccountName: " + e.getMessage(), e);
        }
    }

    /** Whether the generator has an account, named or by default. */
    public static boolean exists(ArtifactGenerator generator, String defaultAccount) {
        return !nameOf(generator, defaultAccount).isEmpty();
    }

    private static String nameOf(ArtifactGenerator generator, String defaultAccount) {
        String named = explicitName(generator);
        return named.isEmpty() ? defaultAccount : named;
    }

    private static String explicitName(ArtifactGenerator generator) {
        return Objects.requireNonNullElse(generator.spec().serviceAccountName(), "");
    }
}
