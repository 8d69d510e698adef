package dev.sluice.hostile.harness;

import java.util.Locale;
import java.util.Optional;

/**
 * An attack and its expected outcome.
 *
 * @param group cases of one group run at the same time, each with its own tenant
 * @param name what the tenant does; docs/tenants.md has a row with the same name
 * @param expected the message that the tenant must receive
 * @param finalCheck an additional check after the attack
 */
public record HostileCase(String group, String name, Attack attack, ExpectedMessage expected, FinalCheck finalCheck) {

    /** Checks what the victim cannot observe. */
    @FunctionalInterface
    public interface FinalCheck {

        /** Returns the problem; empty if there is none. */
        Optional<String> problem(Tenant tenant);
    }

    public HostileCase(String group, String name, Attack attack, ExpectedMessage expected) {
        this(group, name, attack, expected, tenant -> Optional.empty());
    }

    public HostileCase withFinalCheck(FinalCheck check) {
        return new HostileCase(group, name, attack, expected, check);
    }

    /** Prefix of the tenant's namespace. */
    String namespace() {
        String text =
                name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-").replaceAll("^-|-$", "");
        return text.substring(0, Math.min(40, text.length())).replaceAll("-$", "");
    }

    @Override
    public String toString() {
        return name;
    }
}
