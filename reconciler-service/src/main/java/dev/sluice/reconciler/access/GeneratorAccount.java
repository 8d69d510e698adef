package dev.sluice.reconciler.access;

import dev.sluice.controller.access.ServiceAccountUser;
import dev.sluice.toolkit.extensions.ArtifactGenerator;
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
     * @throws IllegalArgumentException if the generator's account is not a valid name, which the schema excludes
     */
    public static Optional<GeneratorAccount> of(ArtifactGenerator generator, String defaultAccount) {
        String named = Objects.requireNonNullElse(generator.spec().serviceAccountName(), "");
        boolean isExplicit = !named.isEmpty();
        String name = isExplicit ? named : defaultAccount;
        return name.isEmpty()
                ? Optional.empty()
                : Optional.of(new GeneratorAccount(
                        new ServiceAccountUser(generator.key().namespace(), name), isExplicit));
    }
}
